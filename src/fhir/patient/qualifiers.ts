import { list, record, records, text, type Json } from '#lib/narrow.ts';
import { birthDateGuess } from './age.ts';
import { conceptText } from '../values/coding.ts';

/**
 * What national base profiles say in extensions of how a value is to be taken: without it the value
 * reads as better known, or as less, than it is. Total, like everything that reads data.
 */

/** Parts of a date, as a person reads them. */
export type DatePart = 'day' | 'month' | 'year';

const PARTS: readonly DatePart[] = ['day', 'month', 'year'];

/** Which parts of the birth date are no more than estimated, or not known at all. */
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

/** "Number present and verified", by UK Core's code and by the one of before. */
const VERIFIED = new Set(['number-present-and-verified', '01']);

/**
 * Why a number is not known to be the patient's: the status of tracing it, in words. Undefined
 * where it was verified, or where nobody said.
 *
 * @param identifier of a Patient
 * @see https://simplifier.net/hl7fhirukcorer4/extension-ukcore-nhsnumberverificationstatus
 */
function notVerified(identifier: unknown): string | undefined {
  const said = extensionOf(identifier, /NHSNumberVerificationStatus(-\d+)?$/);
  const concept = said?.['valueCodeableConcept'];
  const codes = records(record(concept)['coding']).map(({ code }) => text(code) ?? '');
  if (!said || codes.some((code) => VERIFIED.has(code))) return undefined;
  return conceptText(concept)?.replaceAll('-', ' ');
}

/** By the numbers of a patient: why each is not known to be theirs, where that is so. */
export function notVerifiedNumbers(patient: unknown): ReadonlyMap<string, string> {
  return new Map(
    records(record(patient)['identifier']).flatMap((identifier): [string, string][] => {
      const [value, status] = [text(identifier['value']), notVerified(identifier)];
      return value && status ? [[value, status]] : [];
    }),
  );
}

/** Terms of German law, which has no others. */
const REGISTERED: ReadonlyMap<unknown, string> = new Map([
  ['D', 'divers'],
  ['X', 'unbestimmt'],
]);

/**
 * What Germany registers where R4 knows `other` only, in the words of the register.
 *
 * @param holder a Patient, or a contact person of one
 * @see http://fhir.de/StructureDefinition/gender-amtlich-de
 */
export function registeredGender(holder: unknown): string | undefined {
  const { gender, _gender: more } = record(holder);
  const said = extensionOf(more, /\/gender-amtlich-de$/);
  if (gender !== 'other') return undefined;
  return REGISTERED.get(record(said?.['valueCoding'])['code']);
}

/** A telephone number, an address or an identifier that is there and is not told. */
export interface AbsentEntry {
  /** A code of data-absent-reason, such as `masked`. */
  readonly reason: string;
  /** As recorded: what it says besides still says which one it is. */
  readonly entry: Json;
}

/** Elements that may hold the reason in place of a value. */
const SIDES = ['_value', '_text', '_line', '_city'];

/**
 * Entries of a list that have a reason in place of a value: a number that is withheld is not one
 * that was never recorded.
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
