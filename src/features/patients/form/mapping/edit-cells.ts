import {
  forgetOld,
  setPrimitive,
  setWords,
  splitLines,
  typedText,
  type Draft,
} from './edit-element.ts';
import { ADDRESS_CELLS, type AddressCells } from '../model.ts';

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

/**
 * What an edit leaves of an element. An element that never had text may give the reason in an
 * extension (US Core us-core-6): it is removed only if the user cleared its text, or if nothing is
 * left.
 *
 * @param edited whether the cells were edited that make the element what it is
 * @param keys its elements for those cells
 */
export const whatIsLeft = (
  item: Draft,
  edited: boolean,
  keys: readonly string[],
): Draft | undefined =>
  keys.some((key) => item[key]) || (!edited && Object.keys(item).length > 0) ? item : undefined;

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
  if (changed(before, after, ...ADDRESS_CELLS)) forgetOld(item);
}

/** The elements that make an address: without them it is empty. */
export const ADDRESS_KEYS = ['line', 'text', ...PARTS];
