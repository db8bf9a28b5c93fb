import type { Capability } from '#fhir/permissions/capability.ts';

/** What is tried where the server says nothing. */
const USUAL = ['name', 'family', 'given', 'birthdate', '_lastUpdated'];
const SORTABLE = new Set(['string', 'date']);

/**
 * The keys that a patient list may be sorted by: dates and texts that the server searches by. No
 * statement says which it also sorts by, so the list says where a server did not (FHIR R4
 * §3.1.1.5.1). One key at a time: Microsoft's server drops the whole sort when there are two.
 */
export function sortKeys(server: Capability | undefined): readonly string[] {
  const declared = [...(server?.searchParams('Patient') ?? [])];
  if (!server || declared.length === 0) return USUAL;
  const keys = declared
    .filter(([name, type]) => SORTABLE.has(type) && !/phonetic|^_/.test(name))
    .map(([name]) => name);
  return server.searchParam('Patient', '_lastUpdated') === false ? keys : [...keys, '_lastUpdated'];
}
