import type {
  AllergyIntolerance,
  Condition,
  DiagnosticReport,
  DocumentReference,
  Encounter,
  FhirResource,
  Group,
  Immunization,
  Location,
  MedicationRequest,
  MedicationStatement,
  Observation,
  Organization,
  Practitioner,
  PractitionerRole,
  Procedure,
  Provenance,
  ServiceRequest,
} from 'fhir/r4';
import { parameters, type ParameterTable } from './search-parameter.ts';
import * as v from './search-values.ts';

type Rows<R extends FhirResource> = Parameters<typeof parameters<R>>[0];

const ofSubject = (
  reference: (r: never) => Parameters<typeof v.referenceValues>[0],
): Rows<never> => ({
  subject: ['reference', (r) => v.referenceValues(reference(r))],
  patient: [
    'reference',
    (r) => v.referenceValues(reference(r)).filter((text) => /(^|\/)Patient\//.test(text)),
  ],
});

/** Returns the parameters of chart records, practitioners, organizations and locations by type. */
export function chartParameters(): Record<string, ParameterTable> {
  const subject = ofSubject((r: { subject?: never }) => r.subject) as object;
  const patient = ofSubject((r: { patient?: never }) => r.patient) as object;
  return {
    Condition: parameters<Condition>({
      ...subject,
      code: ['token', (r) => v.conceptTokens(r.code)],
      category: ['token', (r) => v.conceptTokens(r.category)],
      'clinical-status': ['token', (r) => v.conceptTokens(r.clinicalStatus)],
      'verification-status': ['token', (r) => v.conceptTokens(r.verificationStatus)],
      encounter: ['reference', (r) => v.referenceValues(r.encounter)],
      'onset-date': ['date', (r) => v.dateValues(r.onsetDateTime, r.onsetPeriod), 'sort'],
      'recorded-date': ['date', (r) => v.dateValues(r.recordedDate), 'sort'],
      severity: ['token', (r) => v.conceptTokens(r.severity)],
      identifier: ['token', (r) => v.identifierTokens(r.identifier)],
    }),
    MedicationRequest: parameters<MedicationRequest>({
      ...subject,
      code: ['token', (r) => v.conceptTokens(r.medicationCodeableConcept)],
      status: ['token', (r) => v.codeTokens(r.status)],
      intent: ['token', (r) => v.codeTokens(r.intent)],
      category: ['token', (r) => v.conceptTokens(r.category)],
      encounter: ['reference', (r) => v.referenceValues(r.encounter)],
      requester: ['reference', (r) => v.referenceValues(r.requester)],
      medication: ['reference', (r) => v.referenceValues(r.medicationReference)],
      authoredon: ['date', (r) => v.dateValues(r.authoredOn), 'sort'],
    }),
    MedicationStatement: parameters<MedicationStatement>({
      ...subject,
      code: ['token', (r) => v.conceptTokens(r.medicationCodeableConcept)],
      status: ['token', (r) => v.codeTokens(r.status)],
      category: ['token', (r) => v.conceptTokens(r.category)],
      medication: ['reference', (r) => v.referenceValues(r.medicationReference)],
      effective: ['date', (r) => v.dateValues(r.effectiveDateTime, r.effectivePeriod), 'sort'],
    }),
    AllergyIntolerance: parameters<AllergyIntolerance>({
      ...patient,
      code: [
        'token',
        (r) => [
          ...v.conceptTokens(r.code),
          ...v.conceptTokens(r.reaction?.flatMap((x) => x.substance ?? [])),
        ],
      ],
      category: ['token', (r) => (r.category ?? []).flatMap((c) => v.codeTokens(c))],
      criticality: ['token', (r) => v.codeTokens(r.criticality)],
      'clinical-status': ['token', (r) => v.conceptTokens(r.clinicalStatus)],
      'verification-status': ['token', (r) => v.conceptTokens(r.verificationStatus)],
      date: ['date', (r) => v.dateValues(r.recordedDate), 'sort'],
    }),
    Observation: parameters<Observation>({
      ...subject,
      code: ['token', (r) => v.conceptTokens(r.code)],
      category: ['token', (r) => v.conceptTokens(r.category)],
      status: ['token', (r) => v.codeTokens(r.status)],
      encounter: ['reference', (r) => v.referenceValues(r.encounter)],
      'has-member': ['reference', (r) => v.referenceValues(r.hasMember)],
      'derived-from': ['reference', (r) => v.referenceValues(r.derivedFrom)],
      date: [
        'date',
        (r) => v.dateValues(r.effectiveDateTime, r.effectivePeriod, r.effectiveInstant),
        'sort',
      ],
    }),
    DiagnosticReport: parameters<DiagnosticReport>({
      ...subject,
      code: ['token', (r) => v.conceptTokens(r.code)],
      category: ['token', (r) => v.conceptTokens(r.category)],
      status: ['token', (r) => v.codeTokens(r.status)],
      encounter: ['reference', (r) => v.referenceValues(r.encounter)],
      result: ['reference', (r) => v.referenceValues(r.result)],
      date: ['date', (r) => v.dateValues(r.effectiveDateTime, r.effectivePeriod), 'sort'],
      issued: ['date', (r) => v.dateValues(r.issued), 'sort'],
    }),
    Encounter: parameters<Encounter>({
      ...subject,
      status: ['token', (r) => v.codeTokens(r.status)],
      class: ['token', (r) => [v.codingToken(r.class)]],
      type: ['token', (r) => v.conceptTokens(r.type)],
      date: ['date', (r) => v.dateValues(r.period), 'sort'],
      location: ['reference', (r) => v.referenceValues(r.location?.map((l) => l.location))],
      participant: [
        'reference',
        (r) => v.referenceValues(r.participant?.flatMap((p) => p.individual ?? [])),
      ],
      'service-provider': ['reference', (r) => v.referenceValues(r.serviceProvider)],
      diagnosis: [
        'reference',
        (r) => v.referenceValues(r.diagnosis?.map(({ condition }) => condition)),
      ],
    }),
    Immunization: parameters<Immunization>({
      ...patient,
      status: ['token', (r) => v.codeTokens(r.status)],
      'vaccine-code': ['token', (r) => v.conceptTokens(r.vaccineCode)],
      date: ['date', (r) => v.dateValues(r.occurrenceDateTime), 'sort'],
    }),
    Procedure: parameters<Procedure>({
      ...subject,
      code: ['token', (r) => v.conceptTokens(r.code)],
      category: ['token', (r) => v.conceptTokens(r.category)],
      status: ['token', (r) => v.codeTokens(r.status)],
      encounter: ['reference', (r) => v.referenceValues(r.encounter)],
      date: ['date', (r) => v.dateValues(r.performedDateTime, r.performedPeriod), 'sort'],
    }),
    DocumentReference: parameters<DocumentReference>({
      ...subject,
      type: ['token', (r) => v.conceptTokens(r.type)],
      category: ['token', (r) => v.conceptTokens(r.category)],
      status: ['token', (r) => v.codeTokens(r.status)],
      date: ['date', (r) => v.dateValues(r.date), 'sort'],
      encounter: ['reference', (r) => v.referenceValues(r.context?.encounter)],
    }),
    ServiceRequest: parameters<ServiceRequest>({
      ...subject,
      code: ['token', (r) => v.conceptTokens(r.code)],
      category: ['token', (r) => v.conceptTokens(r.category)],
      status: ['token', (r) => v.codeTokens(r.status)],
      intent: ['token', (r) => v.codeTokens(r.intent)],
      encounter: ['reference', (r) => v.referenceValues(r.encounter)],
      authored: ['date', (r) => v.dateValues(r.authoredOn), 'sort'],
    }),
    Provenance: parameters<Provenance>({
      target: ['reference', (r) => v.referenceValues(r.target)],
      patient: [
        'reference',
        (r) => v.referenceValues(r.target).filter((t) => t.startsWith('Patient/')),
      ],
      agent: ['reference', (r) => v.referenceValues(r.agent.map((a) => a.who))],
      recorded: ['date', (r) => v.dateValues(r.recorded), 'sort'],
    }),
    Practitioner: parameters<Practitioner>({
      name: ['string', (r) => v.nameValues(r.name), 'sort'],
      family: ['string', (r) => v.familyValues(r.name), 'sort'],
      given: ['string', (r) => v.givenValues(r.name), 'sort'],
      identifier: ['token', (r) => v.identifierTokens(r.identifier)],
      active: ['token', (r) => v.codeTokens(r.active)],
    }),
    PractitionerRole: parameters<PractitionerRole>({
      practitioner: ['reference', (r) => v.referenceValues(r.practitioner)],
      organization: ['reference', (r) => v.referenceValues(r.organization)],
      role: ['token', (r) => v.conceptTokens(r.code)],
      specialty: ['token', (r) => v.conceptTokens(r.specialty)],
      active: ['token', (r) => v.codeTokens(r.active)],
    }),
    Organization: parameters<Organization>({
      name: ['string', (r) => v.strings(r.name, ...(r.alias ?? [])), 'sort'],
      type: ['token', (r) => v.conceptTokens(r.type)],
      identifier: ['token', (r) => v.identifierTokens(r.identifier)],
    }),
    Location: parameters<Location>({
      name: ['string', (r) => v.strings(r.name, ...(r.alias ?? [])), 'sort'],
      status: ['token', (r) => v.codeTokens(r.status)],
      organization: ['reference', (r) => v.referenceValues(r.managingOrganization)],
    }),
    Group: parameters<Group>({
      type: ['token', (r) => v.codeTokens(r.type)],
      member: ['reference', (r) => v.referenceValues(r.member?.map((m) => m.entity))],
      identifier: ['token', (r) => v.identifierTokens(r.identifier)],
    }),
  };
}
