import type { Patient } from 'fhir/r4';
import { codingText, conceptText } from '#fhir/coding.ts';
import { record, records, text, type Json } from '#lib/narrow.ts';

export type GenderLabel =
  | 'genderIdentity'
  | 'pronouns'
  | 'recordedSex'
  | 'sexForClinicalUse'
  | 'birthSex';

/** Extensions of HL7 Gender Harmony and US Core, each shown in its own row and never merged. */
const EXTENSIONS: readonly (readonly [string, GenderLabel])[] = [
  ['http://hl7.org/fhir/StructureDefinition/individual-genderIdentity', 'genderIdentity'],
  ['http://hl7.org/fhir/StructureDefinition/patient-genderIdentity', 'genderIdentity'],
  ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-genderIdentity', 'genderIdentity'],
  ['http://hl7.org/fhir/StructureDefinition/individual-pronouns', 'pronouns'],
  ['http://hl7.org/fhir/StructureDefinition/individual-recordedSexOrGender', 'recordedSex'],
  [
    'http://hl7.org/fhir/StructureDefinition/patient-sexParameterForClinicalUse',
    'sexForClinicalUse',
  ],
  ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex', 'birthSex'],
];

function extensionText(extension: Json): string | undefined {
  const inner = records(extension['extension']).find((e) => e['url'] === 'value');
  return (
    conceptText(extension['valueCodeableConcept']) ??
    codingText(extension['valueCoding']) ??
    text(extension['valueCode']) ??
    conceptText(inner?.['valueCodeableConcept'])
  );
}

/** What is recorded of gender and sex besides the administrative gender. */
export function genderFacts(
  patient: Patient,
): readonly { readonly label: GenderLabel; readonly value: string }[] {
  const found = new Map<GenderLabel, string>();
  for (const extension of records(patient.extension)) {
    const label = EXTENSIONS.find(([url]) => url === extension['url'])?.[1];
    const value = label && extensionText(extension);
    if (label && value) {
      const before = found.get(label);
      found.set(label, before ? `${before}, ${value}` : value);
    }
  }
  return [...found].map(([label, value]) => ({ label, value }));
}

/** Whether an interpreter is needed; undefined where nobody said. */
export function interpreterNeeded(patient: Patient): boolean | undefined {
  for (const e of records(patient.extension)) {
    if (e['url'] === 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired') {
      if (typeof e['valueBoolean'] === 'boolean') return e['valueBoolean'];
    }
    if (e['url'] === 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-interpreter-needed') {
      const code = text(record(e['valueCoding'])['code']);
      if (code === '373066001') return true;
      if (code === '373067005') return false;
    }
  }
  return undefined;
}
