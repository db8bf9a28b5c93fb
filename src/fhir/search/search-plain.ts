import { escapeValue, searchQuery } from './search-query.ts';
import type { Reading, ReadingKind } from './search-text.ts';
import type { SearchParams } from '../types.ts';

/*
 * A search in the plainest form: every parameter once, with one value. Oracle Health takes no other
 * (Millennium R4, Patient, Search: "may be provided exactly once and may have only a single value"),
 * and Epic wants `family` and `given` in the place of `name`.
 */

/** Words that begin a family name, and are no given name. */
const PARTICLES: ReadonlySet<string> = new Set(
  'al bin da dal das de del dela della den der des di do dos du el ibn la las le los ten ter van vom von zu zum zur'.split(
    ' ',
  ),
);
const isParticle = (word: string | undefined): boolean => PARTICLES.has((word ?? '').toLowerCase());

/** Parameters whose alternatives are spellings of one thing, so that one of them will do. */
const SPELLED: readonly string[] = ['identifier', 'phone'];

/** The alternatives of a value, each still escaped. */
export const alternatives = (value: string): readonly string[] =>
  value.match(/(?:\\.|[^\\,])+/g) ?? [];

/** A search value as it was typed. */
export const unescapeValue = (value: string): string => value.replace(/\\(.)/g, '$1');

const sameSearch = (a: SearchParams, b: SearchParams): boolean =>
  searchQuery(a).toString() === searchQuery(b).toString();

/** A name is recorded with the straight apostrophe more often than with the curved one. */
const value = (words: string): string => escapeValue(words.replaceAll('’', "'"));

/** A typed name as family and given name, the likeliest first. */
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

/** The forms of the values of `name` that a typed name became: the longest is all that was typed. */
function formsOf(names: readonly string[]): readonly SearchParams[] {
  const [first = [], ...others] = names.map(alternatives);
  const last = others.at(-1) ?? first;
  const phrase = last.toSorted((a, b) => b.length - a.length)[0] ?? '';
  // Written without a blank: its first sign or two are the family name.
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

/** Whether a search holds no parameter of a name or a number twice, nor with two values. */
export const isPlain = (params: SearchParams): boolean =>
  Object.entries(params).every(([key, given]) => isPlainValue(key, given));

/**
 * A search in its simplest forms, most likely first; itself where it is simple already. Empty where
 * no simple form exists that would not find other patients.
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

/** The plainest forms of a reading, each with what its names are taken for. */
export function plainReadings(reading: Reading): readonly Reading[] {
  return plainForms(reading.params).map((params) => ({
    ...reading,
    params,
    kinds: reading.kinds.flatMap((kind): readonly ReadingKind[] =>
      kind === 'name' ? NAMES.filter((name) => params[name] !== undefined) : [kind],
    ),
  }));
}
