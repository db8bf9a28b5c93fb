import { records, text } from './narrow.ts';

/** Characters; no clinical report is as long, and a longer text would freeze the page. */
export const LONGEST = 200_000;

/** Characters; a text up to this length is shown without a "more" control. */
const AT_ONCE = 600;

/**
 * Returns clinical text, trimmed; undefined if empty. Unlike `text`, it does not cut the text at
 * 1,000 characters, because the last words can reverse the meaning. The limit is {@link LONGEST}.
 */
export function longText(value: unknown): string | undefined {
  const shown = typeof value === 'string' ? value.trim() || undefined : text(value);
  return shown && shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown;
}

/** Returns the text of each Annotation in a list. */
export const noteTexts = (notes: unknown): readonly (string | undefined)[] =>
  records(notes).map((note) => longText(note['text']));

/** Splits a long text into the part shown at once and the rest, which is shown on request. */
export function inTwo(long: string): readonly [first: string, rest: string | undefined] {
  if (long.length <= AT_ONCE) return [long, undefined];
  // Splits between words where possible, never inside a character, and leaves at least 100
  // characters, so that a request for the rest is worthwhile.
  const first = /^[^]{300,500}(?=\s)/u.exec(long)?.[0] ?? /^[^]{0,450}/u.exec(long)?.[0] ?? '';
  return [first, long.slice(first.length)];
}
