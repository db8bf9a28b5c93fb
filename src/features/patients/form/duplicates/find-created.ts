import type { Patient } from 'fhir/r4';
import type { FhirClient } from '#fhir/client/client.ts';
import { displayName } from '#fhir/patient/names.ts';
import { rankDuplicates } from '#fhir/duplicates/duplicates.ts';
import { escapeValue } from '#fhir/search/search-query.ts';
import type { PageUrl, SearchParams, Stored } from '#fhir/types.ts';
import { findDuplicates, type Found } from './find-duplicates.ts';

/** Together with their size as many as a frequent name has on a server that narrows nothing. */
const PAGES = 3;
const COUNT = 100;
/** So many do not come in order by chance. */
const ORDERED = 20;

/** Long enough for a slow server; for each way of searching. */
const PATIENCE = 15_000;

/** When the server saved a version, by its own clock; NaN where it does not say. */
const savedAt = (patient: Patient): number => Date.parse(patient.meta?.lastUpdated ?? '');

/** Whether the newest came first, as it was asked for: what was not read is older then. */
function newestFirst(found: readonly Patient[]): boolean {
  const times = found.map(savedAt);
  const [first = NaN, ...later] = times;
  return later.every((at, n) => at <= (times[n] ?? NaN)) && (later.at(-1) ?? NaN) < first;
}

/**
 * All that a search finds, or the newest of it. Throws where pages are left that may hold what was
 * just created.
 */
async function all(
  client: FhirClient,
  params: SearchParams,
  left: AbortSignal | undefined,
): Promise<readonly Stored<Patient>[]> {
  const patience = AbortSignal.timeout(PATIENCE);
  const signal = left ? AbortSignal.any([left, patience]) : patience;
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

/** Who is recorded under the very name that was sent, which every server finds by its start. */
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
    // Not every server knows when a record was changed: fewer then, by the day of birth.
    return all(client, { ...names, birthdate: patient.birthDate }, left);
  }
}

/** The score of a partial birth date never gets high: what was sent as it is will do as well. */
const same = (a: Patient, b: Patient): boolean =>
  displayName(a).text === displayName(b).text && a.birthDate === b.birthDate;

/**
 * After an answer was lost: what may be the patient that was just created, the newest first of those
 * that are alike. Whatever its age: the clocks of this machine and of the server need not agree.
 * `unchecked` says where that could not be found out to the end.
 *
 * @param seen ids of records that were there before it was sent
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
  // A name without a letter has no likeness.
  const unranked = candidates.filter(
    (p, at) =>
      same(p, patient) &&
      candidates.findIndex((other) => other.id === p.id) === at &&
      ranked.every((m) => m.patient.id !== p.id),
  );
  const rest = unranked.map((p) => ({ patient: p, score: 0, reasons: ['same-name'] as const }));
  return { matches: [...ranked, ...rest], unchecked: named === undefined ? ['name'] : [] };
}
