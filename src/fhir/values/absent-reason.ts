import { record, records, text, type Json } from '#lib/narrow.ts';

const EXTENSION = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

/** Matches HL7's data-absent-reason and v3-NullFlavor under their R4, STU3 and CDA names. */
const SYSTEM = /\/data-absent-reason$|\/v3[-/]NullFlavor$|:2\.16\.840\.1\.113883\.5\.1008$/;

/** NullFlavors and the data-absent-reason with the same meaning. */
const FLAVORS: ReadonlyMap<string, string> = new Map([
  ['UNK', 'unknown'],
  ['NI', 'unknown'],
  ['NAV', 'temp-unknown'],
  ['NASK', 'not-asked'],
  ['ASKU', 'asked-unknown'],
  ['MSK', 'masked'],
  ['NA', 'not-applicable'],
]);

const isReason = (coding: Json): boolean => SYSTEM.test(text(coding['system']) ?? '');

const plain = (words: string | undefined): string | undefined =>
  words?.toLowerCase().replaceAll('-', ' ');

/**
 * Returns why a concept is absent, as a code of data-absent-reason or another NullFlavor. Undefined
 * if the concept also has a code of another system or a text of its own: a value that could not be
 * coded is often sent as such a reason with the written text.
 *
 * @see https://hl7.org/fhir/R4/valueset-data-absent-reason.html
 */
export function absentReason(concept: unknown): string | undefined {
  const c = record(concept);
  const codings = records(c['coding']);
  if (!codings.every(isReason)) return undefined;
  const extension = records(c['extension']).find((e) => e['url'] === EXTENSION);
  const code = text(codings[0]?.['code']) ?? text(extension?.['valueCode']);
  const reason = code && (FLAVORS.get(code) ?? code);
  const words = plain(text(c['text']));
  const own =
    words !== undefined &&
    ![code, reason, text(codings[0]?.['display'])].map(plain).includes(words);
  return own ? undefined : reason;
}

/**
 * Returns why a choice element (`value[x]`) has no value, from the element or its `_value`.
 *
 * @param element the name before the type, such as `value`
 */
export function choiceAbsentReason(holder: unknown, element: string): string | undefined {
  const h = record(holder);
  return Object.keys(h)
    .filter((key) => new RegExp(`^_?${element}[A-Z]`).test(key))
    .map((key) => absentReason(h[key]) ?? absentReason(record(h[key])['_value']))
    .find((reason) => reason !== undefined);
}

/** Returns a concept without the codings that only give a reason for absence. */
export const withoutReasons = (concept: unknown): Json => ({
  ...record(concept),
  coding: records(record(concept)['coding']).filter((coding) => !isReason(coding)),
});
