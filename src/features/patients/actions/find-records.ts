import type { Patient } from 'fhir/r4';
import type { FhirClient } from '#fhir/client/client.ts';
import { refusesSearch } from '#fhir/errors.ts';
import { plainReadings } from '#fhir/search/search-plain.ts';
import { readSearchText, type Reading } from '#fhir/search/search-text.ts';
import type { Stored } from '#fhir/types.ts';
import { findDuplicates } from '../form/duplicates/find-duplicates.ts';

/** Maximum results shown; users refine the search for more. */
export const SHOWN = 50;

export interface FoundRecords {
  readonly patients: readonly Stored<Patient>[];
  /** True if the server has more records than these. */
  readonly more?: boolean;
  /** True if every search for similar records failed, so that an empty list says nothing. */
  readonly failed?: boolean;
}

const isRefused = (answer: PromiseSettledResult<unknown> | undefined): boolean =>
  answer?.status === 'rejected' && refusesSearch(answer.reason);

/**
 * Searches for patients by every reading of the typed text, and repeats a reading in simpler forms
 * if the server refuses its parameters. One refused search does not affect the others.
 *
 * @throws the first error of the client if every search fails
 */
export async function findRecords(
  client: FhirClient,
  typed: string,
  signal: AbortSignal,
): Promise<FoundRecords> {
  const { readings } = readSearchText(typed);
  const ask = (asked: readonly Reading[]) =>
    Promise.allSettled(
      asked.map(({ params }) =>
        client.search('Patient', { ...params, _count: SHOWN }, undefined, { signal }),
      ),
    );
  const usual = await ask(readings);
  const plainly = readings.filter((_, at) => isRefused(usual[at])).flatMap(plainReadings);
  const answers = [...usual, ...(await ask(plainly))];
  const pages = answers.flatMap((a) => (a.status === 'fulfilled' ? [a.value] : []));
  const refused = answers.find((a) => a.status === 'rejected');
  if (refused && pages.length === 0) throw refused.reason;
  const all = pages.flatMap((page) => page.items).map((p) => [p.id, p] as const);
  return {
    patients: [...new Map(all).values()],
    more: pages.some((page) => page.next !== undefined),
  };
}

/** Returns the records most similar to `patient`, best match first. The list is never complete. */
export async function findSimilar(
  client: FhirClient,
  patient: Stored<Patient>,
  signal: AbortSignal,
): Promise<FoundRecords> {
  const { matches, unchecked } = await findDuplicates(client, patient, false, signal);
  const failed = matches.length === 0 && unchecked.length > 0;
  return { patients: matches.map((match) => match.patient), failed };
}
