import { record, records } from '#lib/narrow.ts';

/** A JSON object under construction. */
export type Draft = Record<string, unknown>;

/**
 * Extensions that give the reason for a missing value, repeat the value as other text, as a code or
 * in parts, or say that it was verified. They would contradict a new value.
 * https://hl7.org/fhir/R4/extensibility-registry.html, the German base profiles (`fhir.de`), and the
 * numbers of UK Core and AU Base.
 */
const OF_THE_OLD =
  /\/(?:data-absent-reason|rendered-value|translation|originalText|iso21090-SC-coding|geolocation|humanname-(?:own|partner|fathers|mothers)-\w+|humanname-namenszusatz|contactpoint-(?:country|area|local|extension)|gender-amtlich-de|destatis\/ags|[\w-]+NHSNumberVerificationStatus(?:-\d+)?|ihi-(?:record-)?status)$/;

/** Removes the extensions that describe the old value, after an element got a new one. */
export function forgetOld(element: Draft): void {
  const extension = records(element['extension']).filter((e) => !OF_THE_OLD.test(String(e['url'])));
  setElement(element, 'extension', extension);
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

/**
 * Sets or clears a primitive element. Extensions of a changed value are kept, except those that
 * describe the old value; extensions of a cleared value are removed.
 */
export function setPrimitive(
  target: Draft,
  key: string,
  value: string | number | boolean | undefined,
): void {
  const side = `_${key}`;
  if (value === undefined || value === '') {
    delete target[key];
    delete target[side];
    return;
  }
  if (target[key] === value) return;
  target[key] = value;
  const element: Draft = { ...record(target[side]) };
  forgetOld(element);
  setElement(target, side, element);
}

/**
 * Normalizes typed text to NFC: keyboards differ in how they send an accented letter, and servers
 * compare code points. Case and spelling are kept.
 */
export const typedText = (typed: string): string => typed.normalize('NFC').trim();

/** Sets or removes an object or list element. */
export function setElement(target: Draft, key: string, value: unknown): void {
  if (isEmpty(value)) delete target[key];
  else target[key] = value;
}

/**
 * Sets a list of strings from typed text. Entries of the parallel list (`_given`) move with their
 * strings, so that no extension moves to another word.
 *
 * @param words the new strings, in order
 */
export function setWords(target: Draft, key: string, words: readonly string[]): void {
  const side = `_${key}`;
  const before = Array.isArray(target[key]) ? (target[key] as unknown[]) : [];
  const beside = Array.isArray(target[side]) ? (target[side] as unknown[]) : [];
  const taken = new Set<number>();
  const same = (old: unknown, word: string): boolean =>
    typeof old === 'string' && old.normalize('NFC') === word.normalize('NFC');
  const written: unknown[] = [];
  const kept = words.map((word) => {
    const at = before.findIndex((old, index) => same(old, word) && !taken.has(index));
    written.push(at < 0 ? word : before[at]); // a kept word keeps its recorded spelling
    if (at < 0) return null;
    taken.add(at);
    return beside[at] ?? null;
  });
  setElement(target, key, written);
  setElement(target, side, kept.some((element) => element !== null) ? kept : undefined);
}

/**
 * Splits typed given names at blanks. A recorded name that contains a blank ("Mary Ann") stays one.
 *
 * @param recorded the names in the resource
 */
export function splitWords(typed: string, recorded: unknown): string[] {
  const known = (Array.isArray(recorded) ? (recorded as unknown[]) : [])
    .filter((word): word is string => typeof word === 'string' && /\s/.test(word))
    .map((word) => word.normalize('NFC'))
    .toSorted((a, b) => b.length - a.length);
  const words: string[] = [];
  let rest = typedText(typed);
  while (rest) {
    const start = rest;
    const long = known.find((word) => start === word || start.startsWith(`${word} `));
    const word = long ?? start.split(/\s+/, 1)[0] ?? start;
    words.push(word);
    rest = start.slice(word.length).trim();
  }
  return words;
}

/** Returns the non-empty lines of typed text. */
export function splitLines(typed: string): string[] {
  return typed.split(/\r?\n/).map(typedText).filter(Boolean);
}

/** Returns a deep copy as a draft; `{}` if the value is not an object. */
export function draft(value: unknown): Draft {
  return structuredClone(record(value));
}
