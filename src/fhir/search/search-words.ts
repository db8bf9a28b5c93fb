import { escapeValue } from './search-query.ts';

/** A phrase of more words than this is not one value of a record. */
const LONGEST = 8;

/** The words of a typed text, each with the comma that follows it. What is no word is left out. */
export function searchWords(text: string): readonly string[] {
  return (text.match(/[^\s,;]+[,;]*/gu) ?? []).filter((word) => /[\p{L}\p{N}]/u.test(word));
}

/** A word, or the last word of a phrase, without the comma that follows it. */
export const withoutComma = (words: string): string => words.replace(/[,;]+$/, '');

/**
 * Values for a string parameter, all of which must match (an AND), so that words find a record in
 * any order. A plain server compares each recorded value from its start (FHIR R4 §3.1.1.4.8) and
 * holds a family name such as "van der Berg", or a line of an address, as one value in which "Berg"
 * starts nothing. So each word may also match as the end of the words before it:
 * `van`, `der,van der` and `Berg,der Berg,van der Berg`.
 */
export function phraseValues(words: readonly string[]): readonly string[] {
  return words.map((_, at) => {
    const till = words.slice(Math.max(0, at + 1 - LONGEST), at + 1);
    const phrases = till.map((_word, from) => withoutComma(till.slice(from).join(' ')));
    return phrases.toReversed().map(escapeValue).join(',');
  });
}

/**
 * The same for a text as typed. A text without any word is the value itself, and finds no patient.
 *
 * @param most words that are searched for
 */
export function textValues(text: string, most = 12): readonly string[] {
  const words = searchWords(text).slice(0, most);
  return words.length === 0 ? [escapeValue(text)] : phraseValues(words);
}
