import { escapeValue } from './search-query.ts';

/** Most words of a phrase that can be one recorded value. */
const LONGEST = 8;

/** Returns the words of a text, each with the commas after it; lone punctuation is left out. */
export function searchWords(text: string): readonly string[] {
  return (text.match(/[^\s,;]+[,;]*/gu) ?? []).filter((word) => /[\p{L}\p{N}]/u.test(word));
}

/** Removes commas from the end of a word or phrase. */
export const withoutComma = (words: string): string => words.replace(/[,;]+$/, '');

/**
 * Returns values for a string parameter. All must match (AND), so words find a record in any order.
 * Servers compare each recorded value from its start (FHIR R4 §3.1.1.4.8), and a family name such
 * as "van der Berg" is one value that does not start with "Berg". So each word may also match
 * together with the words before it: `van`, `der,van der` and `Berg,der Berg,van der Berg`.
 */
export function phraseValues(words: readonly string[]): readonly string[] {
  return words.map((_, at) => {
    const till = words.slice(Math.max(0, at + 1 - LONGEST), at + 1);
    const phrases = till.map((_word, from) => withoutComma(till.slice(from).join(' ')));
    return phrases.toReversed().map(escapeValue).join(',');
  });
}

/**
 * Returns {@link phraseValues} of a typed text. A text without any word is itself the value, so
 * that it finds no patient.
 *
 * @param most maximum number of words to search for
 */
export function textValues(text: string, most = 12): readonly string[] {
  const words = searchWords(text).slice(0, most);
  return words.length === 0 ? [escapeValue(text)] : phraseValues(words);
}
