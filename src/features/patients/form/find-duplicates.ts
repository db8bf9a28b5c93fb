import type { Patient } from 'fhir/r4';
import type { FhirClient } from '#fhir/client.ts';
import {
  duplicateSearches,
  plainDuplicateSearches,
  rankDuplicates,
  type DuplicateMatch,
} from '#fhir/duplicates.ts';
import { Invalid } from '#fhir/errors.ts';
import { readMatches } from '#fhir/match-grade.ts';
import { escapeValue } from '#fhir/search-query.ts';
import type { SearchParams, Stored } from '#fhir/types.ts';

export type Match = DuplicateMatch<Stored<Patient>>;

export interface Found {
  readonly matches: readonly Match[];
  /** The server did not answer what was asked, or not to the end: who is there is not known. */
  readonly failed: boolean;
}

/** Search for a conditional create, from the first identifier that has a system. */
export function condition(patient: Patient): string | undefined {
  const identifier = patient.identifier?.find((i) => i.system && i.value);
  if (!identifier?.system || !identifier.value) return undefined;
  // A comma that is not escaped would mean "or", and meet somebody else's record.
  const token = [identifier.system, identifier.value].map(escapeValue).join('|');
  return `identifier=${encodeURIComponent(token)}`;
}

/** Long enough for a slow server, short enough not to stand in the way of a new record. */
const PATIENCE = 8000;

/**
 * Looks for the patient who is about to be created. A search that fails does not spoil the others.
 *
 * @param asksServer whether the server declares `$match`: then its own opinion counts too
 * @param left aborted when the person leaves; what was found by then is of no use to anybody
 */
export async function findDuplicates(
  client: FhirClient,
  patient: Patient,
  asksServer = false,
  left?: AbortSignal,
): Promise<Found> {
  const searches = duplicateSearches(patient);
  const patience = AbortSignal.timeout(PATIENCE);
  const signal = left ? AbortSignal.any([left, patience]) : patience;
  const opinion = asksServer
    ? client.match(patient, { signal }).then(
        (body) => readMatches(body, client.baseUrl),
        () => undefined, // plain searches do without it
      )
    : undefined;
  const ask = (asked: readonly SearchParams[]) =>
    Promise.allSettled(
      asked.map((params) => client.search('Patient', params, undefined, { signal })),
    );
  const usual = await ask(searches.map(({ params }) => params));
  const refused = usual.some((a) => a.status === 'rejected' && a.reason instanceof Invalid);
  const answers = [...usual, ...(refused ? await ask(plainDuplicateSearches(patient)) : [])];
  const found = answers.flatMap((a) => (a.status === 'fulfilled' ? [...a.value.items] : []));
  const patients = found.filter((p) => p.resourceType === 'Patient');
  const { patients: matched = [], grades } = (await opinion) ?? {};
  const failed =
    searches.length > 0 && answers.every((a) => a.status === 'rejected') && matched.length === 0;
  return { matches: rankDuplicates(patient, [...patients, ...matched], grades), failed };
}
