import { record, records, text, type Json } from '#lib/narrow.ts';

const EXTENSION = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

/** HL7's data-absent-reason and v3-NullFlavor, under their names of R4, of STU3 and of CDA. */
const SYSTEM = /\/data-absent-reason$|\/v3[-/]NullFlavor$|:2\.16\.840\.1\.113883\.5\.1008$/;

/** NullFlavors that say the same as a data-absent-reason. */
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
 * Why a concept is not there, as a code of data-absent-reason or another NullFlavor, where it says
 * nothing else: neither by a code of another system nor by words of its own. What could not be
 * coded is often sent as such a reason together with the words that were written.
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
 * Why an element of several types (`value[x]`) has no value: the reason in its place, or in that of
 * the number of a quantity.
 *
 * @param element the name before the type
 */
export function choiceAbsentReason(holder: unknown, element: string): string | undefined {
  const h = record(holder);
  return Object.keys(h)
    .filter((key) => new RegExp(`^_?${element}[A-Z]`).test(key))
    .map((key) => absentReason(h[key]) ?? absentReason(record(h[key])['_value']))
    .find((reason) => reason !== undefined);
}

/** A concept without the reasons among its codings: what is left says what it is. */
export const withoutReasons = (concept: unknown): Json => ({
  ...record(concept),
  coding: records(record(concept)['coding']).filter((coding) => !isReason(coding)),
});
