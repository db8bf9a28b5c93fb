import type { Patient } from 'fhir/r4';
import type { FhirClient } from '#fhir/client/client.ts';
import {
  duplicateSearches,
  plainDuplicateSearches,
  rankDuplicates,
  type DuplicateMatch,
} from '#fhir/duplicates/duplicates.ts';
import { isNoResults, isPerhapsMore } from '#fhir/epic-remarks.ts';
import { refusesSearch } from '#fhir/errors.ts';
import { ignoredParams } from '#fhir/search/ignored-params.ts';
import { readMatches } from '#fhir/duplicates/match-grade.ts';
import { escapeValue } from '#fhir/search/search-query.ts';
import { alternatives } from '#fhir/search/search-plain.ts';
import type { Page, SearchParams, Stored } from '#fhir/types.ts';

export type Match = DuplicateMatch<Stored<Patient>>;

export interface Found {
  /** Similar records, best match first. */
  readonly matches: readonly Match[];
  /** The searches that failed or were incomplete: there may be more duplicates. */
  readonly unchecked: readonly ('identifier' | 'name')[];
}

/** Returns the `If-None-Exist` search for a create, from the first identifier with a system. */
export function condition(patient: Patient): string | undefined {
  const identifier = patient.identifier?.find((i) => i.system && i.value);
  if (!identifier?.system || !identifier.value) return undefined;
  // An unescaped comma would mean "or" and could match another patient.
  const token = [identifier.system, identifier.value].map(escapeValue).join('|');
  return `identifier=${encodeURIComponent(token)}`;
}

/** Time limit in milliseconds: enough for a slow server, without delaying a registration. */
const TIMEOUT_MS = 8000;

/** Whether the response to a search is complete, so that there are no other matches. */
const isWhole = (params: SearchParams, { next, self, items, notices }: Page<unknown>): boolean =>
  !next &&
  ignoredParams(params, self).filters.length === 0 &&
  notices.every(
    (n) =>
      n.severity === 'information' ||
      isPerhapsMore(n) || // Epic always sends it: users would ignore a constant warning
      (items.length === 0 && isNoResults(n)),
  );

/**
 * Searches for duplicates of a new patient. A failed search does not affect the others.
 *
 * @param asksServer whether the server declares `$match`; if so, its matches are included
 * @param left aborted when the user leaves the form
 */
export async function findDuplicates(
  client: FhirClient,
  patient: Patient,
  asksServer = false,
  left?: AbortSignal,
): Promise<Found> {
  const searches = duplicateSearches(patient).map(({ params }) => params);
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = left ? AbortSignal.any([left, timeout]) : timeout;
  const opinion = asksServer
    ? client.match(patient, { signal }).then(
        (body) => readMatches(body, client.baseUrl),
        () => undefined, // the plain searches suffice
      )
    : undefined;
  const ask = (asked: readonly SearchParams[]) =>
    Promise.all(
      asked.map(async (params) => {
        try {
          const page = await client.search('Patient', params, undefined, { signal });
          return { params, items: page.items, whole: isWhole(params, page), refused: false };
        } catch (error) {
          return { params, items: [], whole: false, refused: refusesSearch(error) };
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
    // Servers that accept one value per parameter are asked for each identifier separately.
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
    // Any one complete search by name would find a namesake with the same birth date.
    name: () => {
      const named = answers.filter((a) => a.params['identifier'] === undefined);
      return served !== undefined || named.length === 0 || named.some((a) => a.whole);
    },
  };
  const unchecked = (['identifier', 'name'] as const).filter((check) => !checks[check]());
  return { matches, unchecked };
}
