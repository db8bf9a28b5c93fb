import type { QueryClient } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import type { Stored } from '#fhir/types.ts';
import type { Fhir } from './fhir-context.ts';
import { keys } from './keys.ts';

const MOST = 8;

/** Patients whose charts were opened, most recent first. */
export type Opened = readonly Stored<Patient>[];

/**
 * Returns the patients opened recently in this session. They are kept in the session's cache, which
 * is in memory only and ends with the session.
 */
export const recentlyOpened = (fhir: Fhir, cache: QueryClient): Opened =>
  cache.getQueryData<Opened>(keys.memory(fhir, 'recent')) ?? [];

/**
 * Puts a patient first in the recently opened ones, or removes it.
 *
 * @param patient undefined if the patient no longer exists
 */
export function noteOpened(
  fhir: Fhir,
  cache: QueryClient,
  id: string,
  patient: Stored<Patient> | undefined,
): void {
  const key = keys.memory(fhir, 'recent');
  const others = recentlyOpened(fhir, cache).filter((one) => one.id !== id);
  cache.setQueryDefaults(key, { gcTime: Infinity });
  cache.setQueryData<Opened>(key, (patient ? [patient, ...others] : others).slice(0, MOST));
}

/** The chart that was shown last: its patient, and its index in the browser history. */
interface LastChart {
  readonly id: string;
  readonly index: number;
}

export const lastChart = (fhir: Fhir, cache: QueryClient): LastChart | undefined =>
  cache.getQueryData<LastChart>(keys.memory(fhir, 'chart'));

export function noteChart(fhir: Fhir, cache: QueryClient, chart: LastChart): void {
  const key = keys.memory(fhir, 'chart');
  cache.setQueryDefaults(key, { gcTime: Infinity });
  cache.setQueryData<LastChart>(key, chart);
}
