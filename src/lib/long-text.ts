import { records, text } from './narrow.ts';

/** Far more than any report; what is longer would freeze the page. */
export const LONGEST = 200_000;

/** Up to here a text is shown at once. */
const AT_ONCE = 600;

/**
 * Clinical text: trimmed, never empty, and not cut as a name would be, for its last words may turn
 * the meaning of the first around. Beyond 200,000 characters an ellipsis takes their place.
 */
export function longText(value: unknown): string | undefined {
  const shown = typeof value === 'string' ? value.trim() || undefined : text(value);
  return shown && shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown;
}

/** The texts of Annotations. */
export const noteTexts = (notes: unknown): readonly (string | undefined)[] =>
  records(notes).map((note) => longText(note['text']));

/** A text in two: what is shown at once, ending with a word, and what is shown when asked for. */
export function inTwo(long: string): readonly [first: string, rest: string | undefined] {
  if (long.length <= AT_ONCE) return [long, undefined];
  // Of whole characters, and well before the end: a rest of one word would be a bad bargain.
  const first = /^[^]{300,500}(?=\s)/u.exec(long)?.[0] ?? /^[^]{0,450}/u.exec(long)?.[0] ?? '';
  return [first, long.slice(first.length)];
}
