import type { Patient } from 'fhir/r4';
import type { FhirClient } from '#fhir/client.ts';
import { displayName } from '#fhir/names.ts';
import { rankDuplicates } from '#fhir/duplicates.ts';
import { escapeValue } from '#fhir/search-query.ts';
import type { PageUrl, SearchParams, Stored } from '#fhir/types.ts';
import { findDuplicates, type Found } from './find-duplicates.ts';

/** The clocks of this machine and the server may differ by some minutes. */
const CLOCKS = 5 * 60_000;

/** Together with their size as many as a frequent name has on a server that narrows nothing. */
const PAGES = 5;
const COUNT = 100;

/** Long enough for a slow server. */
const PATIENCE = 15_000;

/** All that a search finds. Throws where pages are left, too: then nothing is certain. */
async function all(
  client: FhirClient,
  params: SearchParams,
  signal: AbortSignal,
): Promise<readonly Stored<Patient>[]> {
  const found: Stored<Patient>[] = [];
  let from: PageUrl | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const { items, next } = await client.search('Patient', params, from, { signal });
    found.push(...items);
    if (!next) return found;
    from = next;
  }
  throw new Error('more was found than was read');
}

/** Who is recorded under the very name that was sent, which every server finds by its start. */
async function namesakes(
  client: FhirClient,
  patient: Patient,
  since: number,
  signal: AbortSignal,
): Promise<readonly Stored<Patient>[]> {
  const { family, given } = patient.name?.[0] ?? {};
  if (!family && !given?.[0]) throw new Error('there is no name to search for');
  const names = {
    family: family && escapeValue(family),
    given: given?.[0] && escapeValue(given[0]),
    _count: COUNT,
  };
  const changed = `ge${new Date(Math.max(0, since - CLOCKS)).toISOString()}`;
  try {
    return await all(client, { ...names, _lastUpdated: changed }, signal);
  } catch {
    return all(client, names, signal); // not every server knows when a record was changed
  }
}

/** The score of a partial birth date never gets high: what was sent as it is will do as well. */
const same = (a: Patient, b: Patient): boolean =>
  displayName(a).text === displayName(b).text && a.birthDate === b.birthDate;

/**
 * After an answer was lost: what may be the patient that was just created. `failed` where that
 * could not be found out to the end.
 *
 * @param since when the request left, milliseconds since the epoch
 */
export async function lookForCreated(
  client: FhirClient,
  patient: Patient,
  since: number,
  left?: AbortSignal,
): Promise<Found> {
  const patience = AbortSignal.timeout(PATIENCE);
  const signal = left ? AbortSignal.any([left, patience]) : patience;
  const [named, alike] = await Promise.all([
    namesakes(client, patient, since, signal).catch(() => undefined),
    findDuplicates(client, patient, false, left),
  ]);
  const candidates = [...alike.matches.map((m) => m.patient), ...(named ?? [])].filter((p) => {
    const at = Date.parse(p.meta?.lastUpdated ?? '');
    return Number.isNaN(at) || at > since - CLOCKS;
  });
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
  return { matches: [...ranked, ...rest], failed: named === undefined };
}
