import { parseTypedDate } from '#fhir/dates/date-parse.ts';
import { plainDigits } from '#fhir/dates/digits.ts';
import { alternatives, plainForms, unescapeValue } from '#fhir/search/search-plain.ts';
import type { SearchParams } from '#fhir/types.ts';
import type { Criteria } from '../list/query/criteria.ts';
import type { Prefill } from './prefill.ts';

/** Names in scripts that put the family name first, with or without a space. */
const FAMILY_FIRST =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\s]+$/u;

type Names = Pick<Prefill, 'family' | 'given' | 'guessed'>;

/** Returns the values of a parameter, each as a list of its spellings, still escaped. */
const spellings = (value: SearchParams[string]): readonly (readonly string[])[] =>
  (value === undefined ? [] : typeof value === 'object' ? value.map(String) : [String(value)]).map(
    alternatives,
  );

/** Splits a full name. Only a comma marks the family name for sure; word order is a guess. */
function splitName(phrase: string): Names {
  const [before = '', after] = phrase.split(/\s*[,;]+\s*(.*)/s);
  if (after) return { family: before, given: after };
  const words = before.split(' ');
  if (words.length === 1) return { family: before, guessed: true };
  if (FAMILY_FIRST.test(before)) {
    return { family: words[0] ?? '', given: words.slice(1).join(' '), guessed: true };
  }
  // Uses the split of searches by name part: the last word, with a prefix such as "van der".
  const [likeliest] = plainForms({ name: [before, before] });
  const { length } = unescapeValue(String(likeliest?.['family'] ?? before));
  const given = before.slice(0, -length).trim();
  return { family: before.slice(-length), ...(given && { given }), guessed: true };
}

/** Returns the name in the search box; the longest spelling is the complete typed text. */
function boxName({ family, given, name }: SearchParams): Names {
  const whole = (value: SearchParams[string]): string => {
    const last = spellings(value).at(-1) ?? [];
    return unescapeValue(last.toSorted((a, b) => b.length - a.length)[0] ?? '');
  };
  if (family !== undefined) {
    return { family: whole(family), ...(given !== undefined && { given: whole(given) }) };
  }
  const phrase = whole(name);
  return phrase ? splitName(phrase) : {};
}

/** Returns the searched spelling that the user typed. */
function asTyped(spelt: readonly string[], text: string): string {
  return spelt.find((one) => text.includes(unescapeValue(one))) ?? spelt[0] ?? '';
}

/** Splits an identifier token `system|value` (FHIR R4 §3.1.1.4.11); the system may be missing. */
function identifier(token: string): Prefill['identifiers'][number] {
  const [, system = '', value = ''] = /^(?:((?:\\.|[^\\|])*)\|)?(.*)$/su.exec(token) ?? [];
  return { system: unescapeValue(system), value: unescapeValue(value) };
}

function dateOf(typed: string | undefined): string | undefined {
  const date = typed ? parseTypedDate(typed) : undefined;
  return date?.kind === 'date' ? date.value : undefined;
}

/**
 * Returns the exact facts of a search about the person, so no ranges, ages, unsplit addresses or
 * record status.
 *
 * @returns undefined if there is nothing to prefill
 */
export function readPrefill({ text = '', read = {}, filters = {} }: Criteria): Prefill | undefined {
  const typed = plainDigits(text.normalize('NFC')).replace(/\s+/g, ' ');
  const filter = (name: string): string | undefined => filters[name]?.trim() || undefined;
  const one = (key: string): string | undefined => {
    const values = spellings(read[key]);
    // Two numbers may belong to two people.
    return values.length === 1 ? asTyped(values[0] ?? [], typed) || undefined : undefined;
  };
  const plain = (value: string | undefined) => value && unescapeValue(value);
  const [family, given] = [filter('family'), filter('given')];
  const names =
    (family ?? given) ? { ...(family && { family }), ...(given && { given }) } : undefined;
  const birthDate = filter('birthDate') ? dateOf(filter('birthDate')) : one('birthdate');
  const gender = filter('gender');
  const phone = filter('phone') ?? plain(one('phone'));
  const email = filter('email') ?? plain(one('email'));
  const inBox = one('identifier');
  const identifiers = [filter('identifier'), inBox].flatMap((token) =>
    token ? [identifier(token)] : [],
  );
  const prefill: Prefill = {
    ...(names ?? boxName(read)),
    ...(birthDate && { birthDate }),
    ...(gender && { gender }),
    ...(phone && { phone }),
    ...(email && { email }),
    identifiers: identifiers.filter(
      ({ value }, at) => value && identifiers.findIndex((other) => other.value === value) === at,
    ),
  };
  const { identifiers: numbers, ...others } = prefill;
  return numbers.length > 0 || Object.keys(others).length > 0 ? prefill : undefined;
}
