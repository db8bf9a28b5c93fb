import { list, record, records, text, type Json } from '#lib/narrow.ts';
import { birthDateGuess } from './age.ts';
import { conceptText } from '../values/coding.ts';

/**
 * Readers for extensions that qualify a value, mostly of national base profiles. Without them a
 * value would look more or less certain than it is. They never throw.
 */

/** The parts of a date. */
export type DatePart = 'day' | 'month' | 'year';

const PARTS: readonly DatePart[] = ['day', 'month', 'year'];

/** Returns the parts of the birth date that are unknown, and those that are estimated. */
export function guessedParts(
  patient: unknown,
): Readonly<Record<'unknown' | 'estimated', readonly DatePart[]>> {
  const guess = birthDateGuess(patient) ?? '';
  const parts = (letter: string): readonly DatePart[] =>
    PARTS.filter((_, at) => guess[at] === letter);
  return { unknown: parts('U'), estimated: parts('E') };
}

const extensionOf = (element: unknown, ending: RegExp): Json | undefined =>
  records(record(element)['extension']).find(({ url }) => ending.test(text(url) ?? ''));

/** Codes for "Number present and verified", of UK Core and of the older Care Connect profiles. */
const VERIFIED = new Set(['number-present-and-verified', '01']);

/**
 * Returns the tracing status of an NHS number as text if the number is not verified; undefined if
 * it is verified or no status is recorded.
 *
 * @param identifier a `Patient.identifier`
 * @see https://simplifier.net/hl7fhirukcorer4/extension-ukcore-nhsnumberverificationstatus
 */
function notVerified(identifier: unknown): string | undefined {
  const said = extensionOf(identifier, /NHSNumberVerificationStatus(-\d+)?$/);
  const concept = said?.['valueCodeableConcept'];
  const codes = records(record(concept)['coding']).map(({ code }) => text(code) ?? '');
  if (!said || codes.some((code) => VERIFIED.has(code))) return undefined;
  return conceptText(concept)?.replaceAll('-', ' ');
}

/** Returns the numbers of a patient that are not verified, each with its tracing status. */
export function notVerifiedNumbers(patient: unknown): ReadonlyMap<string, string> {
  return new Map(
    records(record(patient)['identifier']).flatMap((identifier): [string, string][] => {
      const [value, status] = [text(identifier['value']), notVerified(identifier)];
      return value && status ? [[value, status]] : [];
    }),
  );
}

/** The terms of German law, which are not translated. */
const REGISTERED: ReadonlyMap<unknown, string> = new Map([
  ['D', 'divers'],
  ['X', 'unbestimmt'],
]);

/**
 * Returns the German register's term for a gender that R4 records as `other`.
 *
 * @param holder a Patient or a `Patient.contact`
 * @see http://fhir.de/StructureDefinition/gender-amtlich-de
 */
export function registeredGender(holder: unknown): string | undefined {
  const { gender, _gender: more } = record(holder);
  const said = extensionOf(more, /\/gender-amtlich-de$/);
  if (gender !== 'other') return undefined;
  return REGISTERED.get(record(said?.['valueCoding'])['code']);
}

/** A telecom, address or identifier that exists, but whose value the server withholds. */
export interface AbsentEntry {
  /** A code of data-absent-reason, such as `masked`. */
  readonly reason: string;
  /** The entry as recorded; its other elements, such as `use`, still tell which one it is. */
  readonly entry: Json;
}

/** Elements that may hold the reason for a missing value. */
const SIDES = ['_value', '_text', '_line', '_city'];

/**
 * Returns the entries that have a reason instead of a value, because a withheld number is not the
 * same as a number that was never recorded.
 *
 * @see https://hl7.org/fhir/R4/extension-data-absent-reason.html
 */
export function absentEntries(
  holder: unknown,
  field: 'telecom' | 'address' | 'identifier',
): readonly AbsentEntry[] {
  return records(record(holder)[field]).flatMap((entry) => {
    if (['value', 'text', 'line', 'city', 'postalCode'].some((key) => list(entry[key])[0]))
      return [];
    const [reason] = [entry, ...SIDES.flatMap((key) => list(entry[key]))].flatMap(
      (element) => text(extensionOf(element, /\/data-absent-reason$/)?.['valueCode']) ?? [],
    );
    return reason ? [{ reason, entry }] : [];
  });
}
