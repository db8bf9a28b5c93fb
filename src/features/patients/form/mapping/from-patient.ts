import type { Patient } from 'fhir/r4';
import { codeOf, conceptText } from '#fhir/values/coding.ts';
import { displayName } from '#fhir/patient/names.ts';
import { death, identifiers } from '#fhir/patient/patient.ts';
import { list, record, records, type Json } from '#lib/narrow.ts';
import { locale } from '#lib/settings.ts';
import { conceptKey, SYSTEM } from '../fields/codes.ts';
import { splitDate } from '../fields/date-parts.ts';
import { shownTelecom } from './edit-contact.ts';
import { emptyForm, type AddressCells, type ContactRow, type PatientForm } from '../model.ts';
import { periodText } from './period-text.ts';

/** https://hl7.org/fhir/R4/extension-patient-interpreterrequired.html */
export const INTERPRETER = 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired';
/** The US Core extension, which has a coded yes or no instead of a boolean. */
export const US_INTERPRETER =
  'http://hl7.org/fhir/us/core/StructureDefinition/us-core-interpreter-needed';
const SNOMED_YES = '373066001';
const SNOMED_NO = '373067005';

/** Returns text as recorded, not trimmed or shortened, because a save writes it back. */
const raw = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** Joins strings; an entry with only an extension is null (R4 JSON, primitive arrays). */
const join = (parts: unknown, by: string): string => list(parts).map(raw).filter(Boolean).join(by);

/** Returns the entries of a list as objects; an entry that is not an object becomes `{}`. */
const rows = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(record) : []);

/** Returns the index of the main name, by the rules of {@link displayName}; 0 without a name. */
function primaryName(patient: Patient): number {
  const shown = JSON.stringify(displayName(patient).parts);
  const at = list(patient.name).findIndex(
    (name) => JSON.stringify(displayName({ name: [name] }).parts) === shown,
  );
  return Math.max(at, 0);
}

/** Returns the indexes of the names in the order of the form: the main name first. */
function primaryFirst(count: number, primary: number): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  return primary > 0 && primary < count
    ? [primary, ...order.filter((index) => index !== primary)]
    : order;
}

function interpreter(extensions: unknown): PatientForm['interpreter'] {
  for (const extension of records(extensions)) {
    if (extension['url'] === INTERPRETER && typeof extension['valueBoolean'] === 'boolean') {
      return extension['valueBoolean'] ? 'yes' : 'no';
    }
    if (extension['url'] === US_INTERPRETER) {
      const code = record(extension['valueCoding'])['code'];
      if (code === SNOMED_YES) return 'yes';
      if (code === SNOMED_NO) return 'no';
    }
  }
  return '';
}

function deceased(patient: Json): PatientForm['deceased'] {
  const died = raw(patient['deceasedDateTime']);
  const date = splitDate(died);
  if (died) return { kind: 'date', date };
  if (death(patient)) return { kind: 'yes', date };
  return { kind: patient['deceasedBoolean'] === false ? 'no' : '', date };
}

function multipleBirth(patient: Json): PatientForm['multipleBirth'] {
  const order = raw(patient['multipleBirthInteger']);
  if (order) return { kind: 'order', order };
  if (typeof patient['multipleBirthBoolean'] !== 'boolean') return { kind: '', order: '' };
  return { kind: patient['multipleBirthBoolean'] ? 'yes' : 'no', order: '' };
}

const address = (value: Json): AddressCells => ({
  line: join(value['line'], '\n'),
  city: raw(value['city']),
  district: raw(value['district']),
  state: raw(value['state']),
  postalCode: raw(value['postalCode']),
  country: raw(value['country']),
  addressText: raw(value['text']),
});

function contact(value: Json, source: number): ContactRow {
  const name = record(value['name']);
  const telecom = list(value['telecom']);
  const first = (system: string): string =>
    raw(record(telecom[shownTelecom(telecom, system)])['value']);
  const organization = record(value['organization']);
  return {
    source,
    relationship: conceptKey(list(value['relationship'])[0], SYSTEM.contactRole),
    relationshipText: conceptText(list(value['relationship'])[0]) ?? '',
    family: raw(name['family']),
    given: join(name['given'], ' '),
    text: raw(name['text']),
    gender: raw(value['gender']),
    phone: first('phone'),
    email: first('email'),
    organization: raw(organization['reference']),
    organizationName: raw(organization['display']),
    ...address(record(value['address'])),
    ...periodText(value['period']),
  };
}

/** Returns a language's recorded text; for a bare BCP 47 tag, its name in the user's language. */
function languageText(concept: unknown): string {
  const words = conceptText(concept) ?? '';
  if (words !== codeOf(concept)) return words;
  try {
    return new Intl.DisplayNames([locale()], { type: 'language' }).of(words) ?? words;
  } catch {
    return words; // not a valid tag: the recorded text is shown
  }
}

const reference = (value: Json, source: number) => ({
  source,
  reference: raw(value['reference']),
  display: raw(value['display']),
});

/** Returns the form values of a patient. Never throws: malformed data gives empty fields. */
export function fromPatient(patient: Patient): PatientForm {
  const p = record(patient);
  const names = rows(p['name']);
  const form: PatientForm = {
    name: primaryFirst(names.length, primaryName(patient)).map((source) => {
      const name = names[source] ?? {};
      return {
        source,
        use: raw(name['use']),
        family: raw(name['family']),
        given: join(name['given'], ' '),
        prefix: join(name['prefix'], ' '),
        suffix: join(name['suffix'], ' '),
        text: raw(name['text']),
        ...periodText(name['period']),
      };
    }),
    birthDate: splitDate(raw(p['birthDate'])),
    gender: raw(p['gender']),
    identifier: rows(p['identifier']).map((identifier, source) => ({
      source,
      use: raw(identifier['use']),
      type: conceptKey(identifier['type'], SYSTEM.identifierType),
      typeText: identifiers({ identifier })[0]?.type ?? conceptText(identifier['type']) ?? '',
      system: raw(identifier['system']),
      value: raw(identifier['value']),
      assigner: raw(record(identifier['assigner'])['display']),
      ...periodText(identifier['period']),
    })),
    telecom: rows(p['telecom']).map((telecom, source) => ({
      source,
      system: raw(telecom['system']),
      value: raw(telecom['value']),
      use: raw(telecom['use']),
      rank: raw(telecom['rank']),
      ...periodText(telecom['period']),
    })),
    address: rows(p['address']).map((value, source) => ({
      source,
      use: raw(value['use']),
      ...address(value),
      ...periodText(value['period']),
    })),
    contact: rows(p['contact']).map(contact),
    communication: rows(p['communication']).map((communication, source) => ({
      source,
      language: conceptKey(communication['language']),
      languageText: languageText(communication['language']),
      preferred: communication['preferred'] === true,
    })),
    interpreter: interpreter(p['extension']),
    maritalStatus: conceptKey(p['maritalStatus'], SYSTEM.maritalStatus),
    maritalStatusText: conceptText(p['maritalStatus']) ?? '',
    deceased: deceased(p),
    active: typeof p['active'] === 'boolean' ? (p['active'] ? 'true' : 'false') : '',
    multipleBirth: multipleBirth(p),
    generalPractitioner: rows(p['generalPractitioner']).map(reference),
    managingOrganization: records(p['managingOrganization']).map(reference),
  };
  // A patient without a name gets an empty name row.
  if (form.name.length === 0) form.name = emptyForm().name;
  return form;
}
