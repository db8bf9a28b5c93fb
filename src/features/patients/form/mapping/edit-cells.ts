import {
  forgetOld,
  setPrimitive,
  setWords,
  splitLines,
  typedText,
  type Draft,
} from './edit-element.ts';
import { ADDRESS_CELLS, type AddressCells } from '../model.ts';

/** Writes a row's edited cells into its element; returns undefined to remove the element. */
export type EditRow<R> = (item: Draft, before: R | undefined, after: R) => Draft | undefined;

/** Whether any of the cells was edited. */
export const changed = <R extends object>(
  before: R | undefined,
  after: R,
  ...keys: (keyof R)[]
): boolean => keys.some((key) => (before?.[key] ?? '') !== after[key]);

/** Writes each edited cell into the element of the same name. */
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
 * Returns an edited element, or undefined if it is now empty. An element without a value may hold
 * the reason in an extension (US Core us-core-6), so it is removed only if the user cleared its
 * value or if nothing is left in it.
 *
 * @param edited whether cells with the element's main content were edited
 * @param keys child elements that hold the main content
 */
export const whatIsLeft = (
  item: Draft,
  edited: boolean,
  keys: readonly string[],
): Draft | undefined =>
  keys.some((key) => item[key]) || (!edited && Object.keys(item).length > 0) ? item : undefined;

const PARTS = ['city', 'district', 'state', 'postalCode', 'country'] as const;

/**
 * Writes the edited parts of an address. Address has the same rule as HumanName (R4 datatypes): an
 * unedited `text` is removed when a part changes.
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

/** Child elements that hold the content of an address; without them it is empty. */
export const ADDRESS_KEYS = ['line', 'text', ...PARTS];
