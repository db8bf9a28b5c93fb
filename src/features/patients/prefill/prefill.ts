import type { QueryClient } from '@tanstack/react-query';
import type { Fhir } from '#data/fhir-context.ts';
import { keys } from '#data/keys.ts';

/** What somebody was looked for by and not found: what the search says of the person, as typed. */
export interface Prefill {
  readonly family?: string;
  readonly given?: string;
  /** Which of the words is the family name was not said. */
  readonly guessed?: true;
  /** A FHIR date, whole or partial. */
  readonly birthDate?: string;
  readonly gender?: string;
  readonly identifiers: readonly { readonly system: string; readonly value: string }[];
  readonly phone?: string;
  readonly email?: string;
}

/*
 * From the list to the form it goes in memory: an address, and what the browser's history holds,
 * are out of reach later (docs/decisions/0012).
 */
const place = (fhir: Fhir) => keys.memory(fhir, 'searched');

export function setPrefill(cache: QueryClient, fhir: Fhir, prefill: Prefill): void {
  cache.setQueryData(place(fhir), prefill);
}

export function getPrefill(cache: QueryClient, fhir: Fhir): Prefill | undefined {
  return cache.getQueryData(place(fhir));
}

/** Once it is in a form: the next one begins empty. */
export function clearPrefill(cache: QueryClient, fhir: Fhir): void {
  cache.removeQueries({ queryKey: place(fhir), exact: true });
}
