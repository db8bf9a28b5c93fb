import { record, records, text, texts, type Json } from '#lib/narrow.ts';
import { parseDate } from '../dates/dates.ts';
import { birthDateLikeness, matchKey, nameLikeness } from './match.ts';
import type { MatchGrade } from './match-grade.ts';
import { escapeValue } from '../search/search-query.ts';
import { textValues } from '../search/search-words.ts';
import type { SearchParams } from '../types.ts';

/** Why an existing patient may be the person that is about to be created. */
export type DuplicateReason =
  | 'identifier'
  | 'same-name'
  | 'near-name'
  | 'same-birth-date'
  | 'near-birth-date'
  | 'contact'
  | 'gender-differs'
  /** The server's `$match` found the patient, even if this app's own comparison would not. */
  | 'server';

export interface DuplicateSearch {
  readonly reason: 'identifier' | 'family-birth-date' | 'name-birth-date' | 'near' | 'name';
  readonly params: SearchParams;
}

const COUNT = 20;

/**
 * Returns the first three letters: string search is a prefix search, so later typos do not matter.
 */
const stem = (name: string): string => escapeValue(Array.from(name).slice(0, 3).join(''));

/** Returns name and identifiers of a patient for the searches; identifiers as escaped tokens. */
function knownBy(p: Json) {
  const name =
    records(p['name']).find((n) => texts(n['family']).length > 0) ?? records(p['name'])[0];
  const tokens = records(p['identifier']).flatMap((i) => {
    const value = text(i['value']);
    const system = text(i['system']);
    if (value === undefined) return [];
    return [system ? `${escapeValue(system)}|${escapeValue(value)}` : escapeValue(value)];
  });
  return {
    family: texts(name?.['family'])[0],
    given: texts(name?.['given'])[0],
    whole: text(name?.['text']),
    tokens: tokens.slice(0, 10),
  };
}

/**
 * Returns at most five searches that would find the patient about to be created on a server without
 * `$match`, the most reliable first. Run them at the same time, and use the results of the others
 * if the server refuses one.
 */
export function duplicateSearches(patient: unknown): readonly DuplicateSearch[] {
  const p = record(patient);
  const { family, given, whole, tokens } = knownBy(p);
  const written = text(p['birthDate']);
  const born = parseDate(written);
  const searches: DuplicateSearch[] = [];
  const add = (reason: DuplicateSearch['reason'], params: SearchParams) =>
    searches.push({ reason, params: { ...params, _count: COUNT } });

  if (tokens.length > 0) add('identifier', { identifier: tokens.join(',') });
  if (family && written && born) {
    add('family-birth-date', { family: escapeValue(family), birthdate: written });
  }
  // `name` searches all name fields, because names may be recorded swapped or only one of them.
  const words = [given, family].flatMap((part) => (part ? textValues(part, 6) : []));
  if (words.length > 0 && written && born) {
    add('name-birth-date', { name: words.join(','), birthdate: written });
  }
  if (family && born) {
    const near = [`ge${born.year - 1}-01-01`, `le${born.year + 1}-12-31`];
    add('near', {
      family: stem(family),
      ...(given && { given: stem(given) }),
      birthdate: near,
    });
  }
  if (words.length > 0) add('name', { name: words });
  else if (whole) add('name', { name: textValues(whole, 6) });
  return searches;
}

/**
 * Returns searches for a server that refuses some of {@link duplicateSearches} because it accepts
 * each parameter only once and with one value (see `search-plain.ts`): one for each identifier, and
 * the names as recorded and swapped.
 */
export function plainDuplicateSearches(patient: unknown): readonly SearchParams[] {
  const { family, given, tokens } = knownBy(record(patient));
  const searches: SearchParams[] = tokens.slice(0, 3).map((identifier) => ({ identifier }));
  const [last, first] = [family && escapeValue(family), given && escapeValue(given)];
  if (last || first) searches.push({ family: last, given: first }, { family: first, given: last });
  return searches.map((params) => ({ ...params, _count: COUNT }));
}

export interface DuplicateMatch<P> {
  readonly patient: P;
  /** Likelihood from 0 to 1; an equal identifier makes it 1. */
  readonly score: number;
  readonly reasons: readonly DuplicateReason[];
  /** The server's grade, if `$match` found the patient and graded it. */
  readonly grade?: MatchGrade;
}

/** Lowest score of a patient that the server found, by its grade. */
const GRADED = { certain: 1, probable: 0.8, possible: 0.5 } as const;

/** Lowest score that is shown. Weaker matches would teach users to dismiss the warning unread. */
const THRESHOLD = 0.5;

const NAME = { same: 0.5, swapped: 0.5, near: 0.4, unknown: 0.1, different: 0 } as const;
const BIRTH = { same: 0.4, near: 0.25, unknown: 0.05, different: -0.2 } as const;

/**
 * Returns the candidates that may be the same person, most likely first. The user decides.
 *
 * @param candidates patients found by {@link duplicateSearches}; may contain repeats
 * @param matched ids and grades of patients that the server's `$match` found; they are never left
 *   out
 */
export function rankDuplicates<P extends { readonly id: string }>(
  patient: unknown,
  candidates: readonly P[],
  matched: ReadonlyMap<string, MatchGrade | undefined> = new Map(),
): readonly DuplicateMatch<P>[] {
  const mine = matchKey(patient);
  const unique = new Map(candidates.map((c) => [c.id, c]));
  return [...unique.values()]
    .map((candidate): DuplicateMatch<P> => {
      const theirs = matchKey(candidate);
      const reasons: DuplicateReason[] = [];
      const identifier = mine.identifiers.some((i) => theirs.identifiers.includes(i));
      const name = nameLikeness(mine, theirs);
      const birth = birthDateLikeness(mine.birth, theirs.birth);
      const contact = mine.contacts.some((c) => theirs.contacts.includes(c));
      const genders = [mine.gender, theirs.gender];
      const differs =
        genders.every((g) => g === 'male' || g === 'female') && genders[0] !== genders[1];
      if (identifier) reasons.push('identifier');
      if (name === 'same') reasons.push('same-name');
      if (name === 'swapped' || name === 'near') reasons.push('near-name');
      if (birth === 'same' || birth === 'near') reasons.push(`${birth}-birth-date`);
      if (contact) reasons.push('contact');
      if (differs) reasons.push('gender-differs');
      const sum = NAME[name] + BIRTH[birth] + (contact ? 0.2 : 0) - (differs ? 0.15 : 0);
      const server = matched.has(candidate.id);
      if (server) reasons.push('server');
      const likeness = Math.min(0.99, Math.max(0, sum));
      const grade = matched.get(candidate.id);
      const least = server ? GRADED[grade ?? 'possible'] : 0;
      const score = identifier ? 1 : Math.max(least, likeness);
      return { patient: candidate, score, reasons, ...(grade && { grade }) };
    })
    .filter((m) => m.score >= THRESHOLD)
    .toSorted((a, b) => b.score - a.score);
}
