import { setPrimitive, setWords, splitLines, typedText, type Draft } from './edit-element.ts';
import type { AddressCells } from './model.ts';

/** Writes the cells of a row that differ into its element; undefined drops the element. */
export type EditRow<R> = (item: Draft, before: R | undefined, after: R) => Draft | undefined;

/** Whether any of the cells was edited. */
export const changed = <R extends object>(
  before: R | undefined,
  after: R,
  ...keys: (keyof R)[]
): boolean => keys.some((key) => (before?.[key] ?? '') !== after[key]);

/** Writes the cells that were edited, under their own names. */
export function set<R extends object>(
  item: Draft,
  before: R | undefined,
  after: R,
  ...keys: (keyof R & string)[]
): void {
  for (const key of keys) {
    if (changed(before, after, key)) setPrimitive(item, key, typedText(String(after[key])));
  }
}

const PARTS = ['city', 'district', 'state', 'postalCode', 'country'] as const;

/**
 * Writes the parts of an address that were edited. Address has the same rule as HumanName (R4
 * datatypes): text that was not edited goes when a part changes.
 */
export function setAddress(
  item: Draft,
  before: AddressCells | undefined,
  after: AddressCells,
): void {
  set(item, before, after, ...PARTS);
  if (changed(before, after, 'line')) setWords(item, 'line', splitLines(after.line));
  if (changed(before, after, 'addressText')) {
    setPrimitive(item, 'text', typedText(after.addressText));
  } else if (changed(before, after, 'line', ...PARTS)) setPrimitive(item, 'text', undefined);
}

/** Whether an address says anything. */
export const hasAddress = (item: Draft): boolean =>
  ['line', 'text', ...PARTS].some((key) => item[key]);
