import { number, record, records, text, type Json } from '#lib/narrow.ts';
import { addresses, type ShownAddress } from './addresses.ts';
import { conceptText } from '../values/coding.ts';
import { coversDay, today } from '../dates/dates.ts';
import { displayName } from './names.ts';
import { telecoms, type ShownTelecom } from './patient.ts';
import { referenceIn } from '../values/contained.ts';
import { localReference, referenceText, type LocalReference } from '../reference.ts';
import { choiceText } from '../values/values.ts';

/** Readers for the parts of the patient page below the identity line. They never throw. */

export interface ShownContact {
  readonly name: string | undefined;
  /** CodeableConcepts, which `contactRoles` puts into words. */
  readonly relationship: unknown;
  readonly telecoms: readonly ShownTelecom[];
  readonly addresses: readonly ShownAddress[];
  readonly organization: string | undefined;
}

/** Returns next of kin and other contacts. */
export function contacts(patient: unknown): readonly ShownContact[] {
  return records(record(patient)['contact']).map((c) => ({
    name: displayName(c).text,
    relationship: c['relationship'],
    telecoms: telecoms(c),
    addresses: addresses(c),
    organization: referenceIn(patient, c['organization']),
  }));
}

export interface ShownLanguage {
  readonly language: string;
  readonly preferred: boolean;
}

/** Returns the languages of a patient, the preferred ones first. */
export function languages(patient: unknown): readonly ShownLanguage[] {
  return records(record(patient)['communication'])
    .flatMap((c) => {
      const language = conceptText(c['language']);
      return language === undefined ? [] : [{ language, preferred: c['preferred'] === true }];
    })
    .toSorted((a, b) => Number(b.preferred) - Number(a.preferred));
}

const INTERPRETER = new Set([
  'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired',
  'http://hl7.org/fhir/us/core/StructureDefinition/us-core-interpreter-needed',
]);

/** Whether an interpreter is needed; undefined if it is not recorded. */
export function interpreterRequired(patient: unknown): boolean | undefined {
  const found = records(record(patient)['extension']).find((e) =>
    INTERPRETER.has(String(e['url'])),
  );
  if (!found) return undefined;
  if (typeof found['valueBoolean'] === 'boolean') return found['valueBoolean'];
  const { code } = record(found['valueCoding']);
  // SNOMED CT "Yes" and "No"; other codes, such as "Unknown", mean neither.
  return code === '373066001' ? true : code === '373067005' ? false : undefined;
}

/** Birth order in a multiple birth; a boolean if only that is recorded; undefined otherwise. */
export function multipleBirth(patient: unknown): number | boolean | undefined {
  const p = record(patient);
  const order = number(p['multipleBirthInteger']);
  if (order !== undefined) return order;
  return typeof p['multipleBirthBoolean'] === 'boolean' ? p['multipleBirthBoolean'] : undefined;
}

export interface GenderRow {
  readonly kind: 'identity' | 'pronouns' | 'recorded-sex' | 'clinical-sex' | 'birth-sex';
  readonly value: string;
  /** Type of a recorded sex ("Sex assigned at birth"), else its document or jurisdiction. */
  readonly about: string | undefined;
  /** Set if the value is a bare code that the app can put into words. */
  readonly code?: 'male' | 'female' | 'other' | 'unknown' | 'ASKU' | 'declined';
  /** The extension that holds the value, and may have its own security label. */
  readonly source: Json;
}

/** HL7 v3, NullFlavor and SNOMED CT codes that US Core records without a display. */
const SEXES: ReadonlyMap<string, GenderRow['code']> = new Map([
  ['F', 'female'],
  ['248152002', 'female'],
  ['female', 'female'],
  ['M', 'male'],
  ['248153007', 'male'],
  ['male', 'male'],
  ['OTH', 'other'],
  ['UNK', 'unknown'],
  ['ASKU', 'ASKU'], // asked but unknown
  ['unknown', 'unknown'],
  ['asked-unknown', 'ASKU'],
  ['asked-declined', 'declined'],
]);

const GENDER_EXTENSIONS: readonly (readonly [RegExp, GenderRow['kind']])[] = [
  [/(individual-genderIdentity|us-core-genderIdentity|patient-genderIdentity)$/, 'identity'],
  [/(individual-pronouns)$/, 'pronouns'],
  [/(individual-recordedSexOrGender|us-core-sex|us-core-individual-sex)$/, 'recorded-sex'],
  [/(patient-sexParameterForClinicalUse)$/, 'clinical-sex'],
  [/(us-core-birthsex)$/, 'birth-sex'],
];

const part = (extension: Json, url: string): Json | undefined =>
  records(extension['extension']).find((e) => e['url'] === url);

const nestedValue = (extension: Json): string | undefined =>
  text(choiceText(extension, 'value') ?? choiceText(part(extension, 'value'), 'value'));

/**
 * Returns rows to show beside the administrative gender, never merged with it (HL7 Gender Harmony).
 * Values whose period does not cover the day are left out.
 */
export function genderRows(patient: unknown, day: string = today()): readonly GenderRow[] {
  return records(record(patient)['extension']).flatMap((e): GenderRow[] => {
    const url = text(e['url']) ?? '';
    const kind = GENDER_EXTENSIONS.find(([pattern]) => pattern.test(url))?.[1];
    const value = kind && nestedValue(e);
    const period = part(e, 'period') ?? part(e, 'effectivePeriod'); // of recordedSexOrGender
    if (!kind || !value || !coversDay(period?.['valuePeriod'], day)) return [];
    const about = ['type', 'sourceDocument', 'jurisdiction']
      .map((name) => text(choiceText(part(e, name), 'value')))
      .find(Boolean);
    const code = SEXES.get(value);
    return [{ kind, value, about, ...(code && { code }), source: e }];
  });
}

export type LinkType = 'replaced-by' | 'replaces' | 'refer' | 'seealso';

export interface ShownLink {
  readonly type: LinkType;
  /** The linked record, if it is on this server. */
  readonly target: LocalReference | undefined;
  readonly text: string | undefined;
}

const LINK_TYPES = new Set<unknown>(['replaced-by', 'replaces', 'refer', 'seealso']);

/** Returns links to other records of the same person. */
export function patientLinks(patient: unknown, baseUrl?: string): readonly ShownLink[] {
  return records(record(patient)['link'])
    .filter((l) => LINK_TYPES.has(l['type']))
    .map((l) => ({
      type: l['type'] as LinkType,
      target: localReference(l['other'], baseUrl),
      text: referenceText(l['other']),
    }));
}

/** Returns the marital status in words, as its text or code says; undefined if not recorded. */
export function maritalStatus(patient: unknown): string | undefined {
  return conceptText(record(patient)['maritalStatus']);
}

/** Returns the general practitioners and the managing organization as text. */
export function careProviders(patient: unknown): {
  readonly practitioners: readonly string[];
  readonly organization: string | undefined;
} {
  const p = record(patient);
  return {
    practitioners: records(p['generalPractitioner'])
      .map((r) => referenceIn(p, r))
      .filter((t) => t !== undefined),
    organization: referenceIn(p, p['managingOrganization']),
  };
}
