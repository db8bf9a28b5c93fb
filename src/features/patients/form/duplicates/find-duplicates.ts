import type { Patient } from 'fhir/r4';
import type { FhirClient } from '#fhir/client/client.ts';
import {
  duplicateSearches,
  plainDuplicateSearches,
  rankDuplicates,
  type DuplicateMatch,
} from '#fhir/duplicates/duplicates.ts';
import { isNoResults, isPerhapsMore } from '#fhir/epic-remarks.ts';
import { Invalid } from '#fhir/errors.ts';
import { ignoredParams } from '#fhir/search/ignored-params.ts';
import { readMatches } from '#fhir/duplicates/match-grade.ts';
import { escapeValue } from '#fhir/search/search-query.ts';
import { alternatives } from '#fhir/search/search-plain.ts';
import type { Page, SearchParams, Stored } from '#fhir/types.ts';

export type Match = DuplicateMatch<Stored<Patient>>;

export interface Found {
  readonly matches: readonly Match[];
  /** By what the server was not searched, or not to the end: who is there is not known so far. */
  readonly unchecked: readonly ('identifier' | 'name')[];
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

/** Whether a search was answered as it was asked, and to the end, so that nobody else is there. */
const isWhole = (params: SearchParams, { next, self, items, notices }: Page<unknown>): boolean =>
  !next &&
  ignoredParams(params, self).filters.length === 0 &&
  notices.every(
    (n) =>
      n.severity === 'information' ||
      isPerhapsMore(n) || // said of every answer: a question at each new patient would be no question
      (items.length === 0 && isNoResults(n)),
  );

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
  const searches = duplicateSearches(patient).map(({ params }) => params);
  const patience = AbortSignal.timeout(PATIENCE);
  const signal = left ? AbortSignal.any([left, patience]) : patience;
  const opinion = asksServer
    ? client.match(patient, { signal }).then(
        (body) => readMatches(body, client.baseUrl),
        () => undefined, // plain searches do without it
      )
    : undefined;
  const ask = (asked: readonly SearchParams[]) =>
    Promise.all(
      asked.map(async (params) => {
        try {
          const page = await client.search('Patient', params, undefined, { signal });
          return { params, items: page.items, whole: isWhole(params, page), refused: false };
        } catch (error) {
          return { params, items: [], whole: false, refused: error instanceof Invalid };
        }
      }),
    );
  const usual = await ask(searches);
  const plain = usual.some((a) => a.refused) ? await ask(plainDuplicateSearches(patient)) : [];
  const answers = [...usual, ...plain];
  const patients = answers.flatMap((a) => a.items).filter((p) => p.resourceType === 'Patient');
  const served = await opinion;
  const { patients: matched = [], grades } = served ?? {};
  const matches = rankDuplicates(patient, [...patients, ...matched], grades);

  const checks = {
    // Each by itself where the server takes no more than one at a time.
    identifier: () => {
      const [asked] = searches.flatMap((p) => p['identifier'] ?? []);
      const each = plain.filter((a) => a.whole && a.params['identifier'] !== undefined);
      return (
        asked === undefined ||
        matches.some((m) => m.reasons.includes('identifier')) ||
        usual.some((a) => a.whole && a.params['identifier'] !== undefined) ||
        each.length === alternatives(`${asked}`).length
      );
    },
    // Any of them would find a namesake born on the same day.
    name: () => {
      const named = answers.filter((a) => a.params['identifier'] === undefined);
      return served !== undefined || named.length === 0 || named.some((a) => a.whole);
    },
  };
  const unchecked = (['identifier', 'name'] as const).filter((check) => !checks[check]());
  return { matches, unchecked };
}
