import type { Capability } from '#fhir/permissions/capability.ts';

/** Sort keys to offer if the server declares no search parameters. */
const USUAL = ['name', 'family', 'given', 'birthdate', '_lastUpdated'];
const SORTABLE = new Set(['string', 'date']);

/**
 * Returns the keys by which a patient list may be sorted: the date and string parameters that the
 * server can search. A capability statement does not tell by which of them it can sort, so the list
 * reports an ignored sort (FHIR R4 §3.1.1.5.1). Only one key is used at a time, because
 * Microsoft's server ignores the whole sort if there are two.
 */
export function sortKeys(server: Capability | undefined): readonly string[] {
  const declared = [...(server?.searchParams('Patient') ?? [])];
  if (!server || declared.length === 0) return USUAL;
  const keys = declared
    .filter(([name, type]) => SORTABLE.has(type) && !/phonetic|^_/.test(name))
    .map(([name]) => name);
  return server.searchParam('Patient', '_lastUpdated') === false ? keys : [...keys, '_lastUpdated'];
}
