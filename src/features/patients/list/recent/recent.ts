import type { Query, QueryClient } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import type { Fhir } from '#data/fhir-context.ts';
import { keys } from '#data/keys.ts';
import { isRecord } from '#lib/narrow.ts';
import type { Versioned } from '#fhir/types.ts';

const MOST = 8;

/** Patients that charts were opened for, the latest first. */
export type Opened = readonly Versioned<Patient>['resource'][];

const patientOf = (query: Query): Opened[number] | undefined => {
  const data = query.state.data as Versioned<Patient> | undefined;
  return isRecord(data) && isRecord(data.resource) ? data.resource : undefined;
};

/**
 * The patients opened lately in this session. A chart, however one came to it, reads its patient
 * into the session's cache, so the cache knows them; what it is about to forget is remembered here,
 * in the same cache, which is memory only and ends with the session.
 */
export function recentlyOpened(fhir: Fhir, cache: QueryClient): Opened {
  const before = cache.getQueryData<Opened>(keys.memory(fhir, 'recent')) ?? [];
  const read = cache
    .getQueryCache()
    .findAll({ queryKey: keys.reads(fhir, 'Patient') })
    .toSorted((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)
    .map(patientOf)
    .filter((patient) => patient !== undefined);
  const seen = new Set<string>();
  return [...read, ...before].filter(({ id }) => !seen.has(id) && seen.add(id)).slice(0, MOST);
}

/** Remembers them for as long as the session lasts. */
export function keepOpened(fhir: Fhir, cache: QueryClient, opened: Opened): void {
  const key = keys.memory(fhir, 'recent');
  cache.setQueryDefaults(key, { gcTime: Infinity });
  cache.setQueryData(key, opened);
}
