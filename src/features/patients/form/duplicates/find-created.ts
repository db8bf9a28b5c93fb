import type { Patient } from 'fhir/r4';
import type { FhirClient } from '#fhir/client/client.ts';
import { displayName } from '#fhir/patient/names.ts';
import { rankDuplicates } from '#fhir/duplicates/duplicates.ts';
import { escapeValue } from '#fhir/search/search-query.ts';
import type { PageUrl, SearchParams, Stored } from '#fhir/types.ts';
import { findDuplicates, type Found } from './find-duplicates.ts';

/** Pages to read: enough for a frequent name on a server that ignores the other parameters. */
const PAGES = 3;
/** Results per page. */
const COUNT = 100;
/** Number of results from which a sorted order cannot be chance. */
const ORDERED = 20;

/** Time limit of each search in milliseconds: long enough for a slow server. */
const TIMEOUT_MS = 15_000;

/** Returns when the server saved a version, by the server's clock; NaN if unknown. */
const savedAt = (patient: Patient): number => Date.parse(patient.meta?.lastUpdated ?? '');

/** Whether the server sorted newest first, as requested: then all unread records are older. */
function newestFirst(found: readonly Patient[]): boolean {
  const times = found.map(savedAt);
  const [first = NaN, ...later] = times;
  return later.every((at, n) => at <= (times[n] ?? NaN)) && (later.at(-1) ?? NaN) < first;
}

/**
 * Returns all results of a search, or the newest of them. Throws if unread pages may contain the
 * record that was just created.
 */
async function all(
  client: FhirClient,
  params: SearchParams,
  left: AbortSignal | undefined,
): Promise<readonly Stored<Patient>[]> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = left ? AbortSignal.any([left, timeout]) : timeout;
  const found: Stored<Patient>[] = [];
  let from: PageUrl | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const { items, next } = await client.search('Patient', params, from, { signal });
    found.push(...items);
    if (!next || (found.length >= ORDERED && newestFirst(found))) return found;
    from = next;
  }
  if (newestFirst(found)) return found;
  throw new Error('more was found than was read');
}

/** Finds records with the same name; every server supports a search by the start of a name. */
async function namesakes(
  client: FhirClient,
  patient: Patient,
  left: AbortSignal | undefined,
): Promise<readonly Stored<Patient>[]> {
  const { family, given } = patient.name?.[0] ?? {};
  if (!family && !given?.[0]) throw new Error('there is no name to search for');
  const names = {
    family: family && escapeValue(family),
    given: given?.[0] && escapeValue(given[0]),
    _count: COUNT,
  };
  try {
    return await all(client, { ...names, _sort: '-_lastUpdated' }, left);
  } catch {
    // Not every server can sort by `_lastUpdated`: the birth date narrows the results instead.
    return all(client, { ...names, birthdate: patient.birthDate }, left);
  }
}

/**
 * Whether two records have the identical name and birth date. Such records match, too, because a
 * partial birth date never gets a high score.
 */
const same = (a: Patient, b: Patient): boolean =>
  displayName(a).text === displayName(b).text && a.birthDate === b.birthDate;

/**
 * Finds records that may be the patient just created, after the response was lost; newest first.
 * Their age does not matter, because the clocks of browser and server may differ. `unchecked` names
 * the searches that failed or were incomplete.
 *
 * @param seen ids of records that existed before the request was sent
 * @param left aborted when the user leaves the form
 */
export async function findCreated(
  client: FhirClient,
  patient: Patient,
  seen: readonly string[] = [],
  left?: AbortSignal,
): Promise<Found> {
  const [named, alike] = await Promise.all([
    namesakes(client, patient, left).catch(() => undefined),
    findDuplicates(client, patient, false, left),
  ]);
  const candidates = [...alike.matches.map((m) => m.patient), ...(named ?? [])]
    .filter((p) => !seen.includes(p.id))
    .toSorted((a, b) => (savedAt(b) || 0) - (savedAt(a) || 0));
  const ranked = rankDuplicates(patient, candidates).filter(
    (m) => m.score >= 0.85 || same(m.patient, patient),
  );
  // Names without letters get no similarity score, so identical ones are added here.
  const unranked = candidates.filter(
    (p, at) =>
      same(p, patient) &&
      candidates.findIndex((other) => other.id === p.id) === at &&
      ranked.every((m) => m.patient.id !== p.id),
  );
  const rest = unranked.map((p) => ({ patient: p, score: 0, reasons: ['same-name'] as const }));
  return { matches: [...ranked, ...rest], unchecked: named === undefined ? ['name'] : [] };
}
