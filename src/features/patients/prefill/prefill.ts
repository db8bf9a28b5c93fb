import type { QueryClient } from '@tanstack/react-query';
import type { Fhir } from '#data/fhir-context.ts';
import { keys } from '#data/keys.ts';

/** Facts about the person from a search without results, as typed. */
export interface Prefill {
  readonly family?: string;
  readonly given?: string;
  /** The family name was guessed, because the search did not tell which word it is. */
  readonly guessed?: true;
  /** A full or partial FHIR date. */
  readonly birthDate?: string;
  readonly gender?: string;
  readonly identifiers: readonly { readonly system: string; readonly value: string }[];
  readonly phone?: string;
  readonly email?: string;
}

/*
 * The prefill is passed from the list to the form in memory, because personal data in a URL or in
 * the browser's history could not be deleted later (docs/decisions/0012).
 */
const place = (fhir: Fhir) => keys.memory(fhir, 'searched');

/** Keeps the prefill for the next form for a new patient on this server. */
export function setPrefill(cache: QueryClient, fhir: Fhir, prefill: Prefill): void {
  cache.setQueryData(place(fhir), prefill);
}

export function getPrefill(cache: QueryClient, fhir: Fhir): Prefill | undefined {
  return cache.getQueryData(place(fhir));
}

/** Called once a form has used the prefill, so that the next form starts empty. */
export function clearPrefill(cache: QueryClient, fhir: Fhir): void {
  cache.removeQueries({ queryKey: place(fhir), exact: true });
}
