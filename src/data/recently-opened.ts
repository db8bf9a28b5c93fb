import type { QueryClient } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import type { Stored } from '#fhir/types.ts';
import type { Fhir } from './fhir-context.ts';
import { keys } from './keys.ts';

const MOST = 8;

/** Patients whose charts were opened, the latest first. */
export type Opened = readonly Stored<Patient>[];

/**
 * The patients opened lately in this session: kept in the session's cache, which is memory only and
 * ends with the session.
 */
export const recentlyOpened = (fhir: Fhir, cache: QueryClient): Opened =>
  cache.getQueryData<Opened>(keys.memory(fhir, 'recent')) ?? [];

/**
 * Puts a patient before all others; or takes it away.
 *
 * @param patient undefined for one that is no more
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

/** The chart that was on screen last, and where it stands in the browser's history. */
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
