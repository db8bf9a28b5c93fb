import type { FhirResource, Patient, Reference } from 'fhir/r4';
import { chartParameters } from './search-parameters-chart.ts';
import { parameters, type ParameterTable } from './search-parameter.ts';
import * as v from './search-values.ts';

/** Parameters of every type, https://hl7.org/fhir/R4/search.html#all */
export const commonParameters: ParameterTable = parameters<FhirResource>({
  _id: ['token', (r) => v.codeTokens(r.id)],
  _lastUpdated: ['date', (r) => v.dateValues(r.meta?.lastUpdated), 'sort'],
  _tag: ['token', (r) => (r.meta?.tag ?? []).map(v.codingToken)],
  _security: ['token', (r) => (r.meta?.security ?? []).map(v.codingToken)],
  _profile: ['token', (r) => (r.meta?.profile ?? []).map((code) => ({ code }))],
});

const patient = parameters<Patient>({
  name: ['string', (p) => v.nameValues(p.name), 'sort'],
  family: ['string', (p) => v.familyValues(p.name), 'sort'],
  given: ['string', (p) => v.givenValues(p.name), 'sort'],
  identifier: ['token', (p) => v.identifierTokens(p.identifier)],
  birthdate: ['date', (p) => v.dateValues(p.birthDate), 'sort'],
  'death-date': ['date', (p) => v.dateValues(p.deceasedDateTime), 'sort'],
  deceased: [
    'token',
    (p) => v.codeTokens(p.deceasedDateTime !== undefined || p.deceasedBoolean === true),
  ],
  gender: ['token', (p) => v.codeTokens(p.gender)],
  phone: ['token', (p) => v.telecomTokens(p.telecom, 'phone')],
  email: ['token', (p) => v.telecomTokens(p.telecom, 'email')],
  telecom: ['token', (p) => v.telecomTokens(p.telecom)],
  address: ['string', (p) => v.addressValues(p.address), 'sort'],
  'address-city': ['string', (p) => v.strings(...(p.address ?? []).map((a) => a.city)), 'sort'],
  'address-state': ['string', (p) => v.strings(...(p.address ?? []).map((a) => a.state)), 'sort'],
  'address-country': [
    'string',
    (p) => v.strings(...(p.address ?? []).map((a) => a.country)),
    'sort',
  ],
  'address-postalcode': [
    'string',
    (p) => v.strings(...(p.address ?? []).map((a) => a.postalCode)),
    'sort',
  ],
  'address-use': ['token', (p) => (p.address ?? []).flatMap((a) => v.codeTokens(a.use))],
  active: ['token', (p) => v.codeTokens(p.active)],
  language: ['token', (p) => v.conceptTokens((p.communication ?? []).map((c) => c.language))],
  'general-practitioner': ['reference', (p) => v.referenceValues(p.generalPractitioner)],
  organization: ['reference', (p) => v.referenceValues(p.managingOrganization)],
  link: ['reference', (p) => v.referenceValues((p.link ?? []).map((l) => l.other))],
});

/** The parameters of types without a table: only their patient. */
const generic: ParameterTable = parameters<
  FhirResource & { subject?: Reference; patient?: Reference }
>({
  patient: ['reference', (r) => v.referenceValues(r.patient ?? r.subject)],
  subject: ['reference', (r) => v.referenceValues(r.subject ?? r.patient)],
});

const tables: Readonly<Record<string, ParameterTable>> = { Patient: patient, ...chartParameters() };

const merged = new Map<string, ParameterTable>();

/** Returns all parameters of a resource type. */
export function searchParametersOf(type: string): ParameterTable {
  let table = merged.get(type);
  if (!table) merged.set(type, (table = { ...commonParameters, ...(tables[type] ?? generic) }));
  return table;
}
