import { escapeValue, searchQuery } from './search-query.ts';
import type { Reading, ReadingKind } from './search-text.ts';
import type { SearchParams } from '../types.ts';

/*
 * Searches in a plain form: every parameter once, with one value. Oracle Health accepts no other
 * (Millennium R4, Patient, Search: "may be provided exactly once and may have only a single
 * value"), and Epic requires `family` and `given` instead of `name`.
 */

/** Words that begin a family name and are not given names. */
const PARTICLES: ReadonlySet<string> = new Set(
  'al bin da dal das de del dela della den der des di do dos du el ibn la las le los ten ter van vom von zu zum zur'.split(
    ' ',
  ),
);
const isParticle = (word: string | undefined): boolean => PARTICLES.has((word ?? '').toLowerCase());

/** Parameters whose alternatives are spellings of one number, so that one of them is enough. */
const SPELLED: readonly string[] = ['identifier', 'phone'];

/** Returns the alternatives (OR) of a search value, each still escaped. */
export const alternatives = (value: string): readonly string[] =>
  value.match(/(?:\\.|[^\\,])+/g) ?? [];

/** Removes the escapes of a search value. */
export const unescapeValue = (value: string): string => value.replace(/\\(.)/g, '$1');

const sameSearch = (a: SearchParams, b: SearchParams): boolean =>
  searchQuery(a).toString() === searchQuery(b).toString();

/** Escapes a value, with straight apostrophes, which are recorded more often than curved ones. */
const value = (words: string): string => escapeValue(words.replaceAll('’', "'"));

/** Returns the ways to read a typed name as family and given name, most likely first. */
function nameForms(phrase: string): readonly SearchParams[] {
  const [family = '', after = ''] = phrase.split(/\s*[,;]+\s*/);
  if (after) return [{ family: value(family), given: value(after.split(' ')[0] ?? '') }];
  const words = family.split(' ');
  if (words.length === 1) return [{ name: value(family) }];
  const both = (surname = '', given = '') => ({ family: value(surname), given: value(given) });
  const last = words.length - 1;
  let from = last;
  while (from > 0 && isParticle(words[from - 1])) from -= 1;
  const whole = { family: value(family) };
  if (from === 0) return [whole, both(words[last], words[0])];
  const forms = [both(words.slice(from).join(' '), words[0])];
  if (!isParticle(words[1])) forms.push(both(words[0], words[1]));
  return [...forms, whole];
}

/** Returns the forms of a typed name from its `name` values, the longest of which is all of it. */
function formsOf(names: readonly string[]): readonly SearchParams[] {
  const [first = [], ...others] = names.map(alternatives);
  const last = others.at(-1) ?? first;
  const phrase = last.toSorted((a, b) => b.length - a.length)[0] ?? '';
  // A name without a blank (Chinese, Korean): its first character may be the family name.
  if (others.length === 1 && first.length > 1 && last[0] === first[0])
    return [{ family: first[1], given: last[1] }, { name: first[0] }];
  return nameForms(unescapeValue(phrase));
}

const valuesOf = (given: SearchParams[string]): readonly string[] => {
  if (given === undefined) return [];
  return typeof given === 'object' ? given.map(String) : [String(given)];
};

const isPlainValue = (key: string, given: SearchParams[string]): boolean => {
  if (key !== 'name' && !SPELLED.includes(key)) return true;
  const values = valuesOf(given);
  return values.length <= 1 && values.every((one) => alternatives(one).length <= 1);
};

/** Whether a search has each parameter for a name or number at most once and with one value. */
export const isPlain = (params: SearchParams): boolean =>
  Object.entries(params).every(([key, given]) => isPlainValue(key, given));

/**
 * Returns the plain forms of a search, most likely first; a plain search is returned unchanged. The
 * list is empty if every plain form would find other patients.
 */
export function plainForms(params: SearchParams): readonly SearchParams[] {
  if (isPlain(params)) return [params];
  const { name, ...others } = params;
  const rest: Record<string, SearchParams[string]> = { ...others };
  for (const key of SPELLED) {
    const values = valuesOf(rest[key]);
    if (values.length > 1) return [];
    const spelled = alternatives(values[0] ?? '');
    if (spelled.length > 0) rest[key] = spelled.find((v) => /^\+?\d+$/.test(v)) ?? spelled[0];
  }
  if (name === undefined) return [rest];
  const forms = formsOf(valuesOf(name)).map((form) => ({ ...form, ...rest }));
  return forms.filter((form, at) => forms.findIndex((other) => sameSearch(form, other)) === at);
}

const NAMES = ['family', 'given', 'name'] as const;

/** Returns the plain forms of a reading, with `family` or `given` as kinds instead of `name`. */
export function plainReadings(reading: Reading): readonly Reading[] {
  return plainForms(reading.params).map((params) => ({
    ...reading,
    params,
    kinds: reading.kinds.flatMap((kind): readonly ReadingKind[] =>
      kind === 'name' ? NAMES.filter((name) => params[name] !== undefined) : [kind],
    ),
  }));
}
