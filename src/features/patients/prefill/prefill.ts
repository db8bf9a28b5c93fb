import type { QueryClient } from '@tanstack/react-query';
import type { Fhir } from '#data/fhir-context.ts';
import { keys } from '#data/keys.ts';

/** What a search that found nobody says about the person, as typed. */
export interface Prefill {
  readonly family?: string;
  readonly given?: string;
  /** The search did not say which word is the family name: it was guessed. */
  readonly guessed?: true;
  /** A FHIR date, whole or partial. */
  readonly birthDate?: string;
  readonly gender?: string;
  readonly identifiers: readonly { readonly system: string; readonly value: string }[];
  readonly phone?: string;
  readonly email?: string;
}

/*
 * Passed from the list to the form in memory: personal data in an address or in the browser's
 * history could not be deleted later (docs/decisions/0012).
 */
const place = (fhir: Fhir) => keys.memory(fhir, 'searched');

export function setPrefill(cache: QueryClient, fhir: Fhir, prefill: Prefill): void {
  cache.setQueryData(place(fhir), prefill);
}

export function getPrefill(cache: QueryClient, fhir: Fhir): Prefill | undefined {
  return cache.getQueryData(place(fhir));
}

/** Called once a form has taken it over: the next form starts empty. */
export function clearPrefill(cache: QueryClient, fhir: Fhir): void {
  cache.removeQueries({ queryKey: place(fhir), exact: true });
}
