import type { Patient } from 'fhir/r4';
import type { FhirClient } from '#fhir/client.ts';
import { duplicateSearches, rankDuplicates, type DuplicateMatch } from '#fhir/duplicates.ts';
import { readMatches } from '#fhir/match-grade.ts';
import { displayName } from '#fhir/names.ts';
import { escapeValue } from '#fhir/search-query.ts';
import type { Stored } from '#fhir/types.ts';

export type Match = DuplicateMatch<Stored<Patient>>;

export interface Found {
  readonly matches: readonly Match[];
  /** No search was answered: nothing is known of duplicates. */
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
  const answers = await Promise.allSettled(
    searches.map(({ params }) => client.search('Patient', params, undefined, { signal })),
  );
  const found = answers.flatMap((a) => (a.status === 'fulfilled' ? [...a.value.items] : []));
  const patients = found.filter((p) => p.resourceType === 'Patient');
  const { patients: matched = [], grades } = (await opinion) ?? {};
  const failed =
    searches.length > 0 && answers.every((a) => a.status === 'rejected') && matched.length === 0;
  return { matches: rankDuplicates(patient, [...patients, ...matched], grades), failed };
}

/** The score of a partial birth date never gets high: what was sent as it is will do as well. */
const same = (a: Patient, b: Patient): boolean =>
  displayName(a).text === displayName(b).text && a.birthDate === b.birthDate;

/**
 * After an answer was lost: what may be the patient that was just created.
 *
 * @param since when the request left, milliseconds since the epoch
 */
export async function lookForCreated(
  client: FhirClient,
  patient: Patient,
  since: number,
): Promise<Found> {
  const found = await findDuplicates(client, patient);
  const recent = found.matches.filter(({ patient: p, score }) => {
    const at = Date.parse(p.meta?.lastUpdated ?? '');
    // The clocks of this machine and the server may differ by some minutes.
    const recent = Number.isNaN(at) || at > since - 5 * 60_000;
    return recent && (score >= 0.85 || same(p, patient));
  });
  return { ...found, matches: recent };
}
