import type { FhirResource, Reference } from 'fhir/r4';

/** Elements that name the patient. https://hl7.org/fhir/R4/compartmentdefinition-patient.html */
const elements = ['subject', 'patient', 'beneficiary', 'individual'] as const;

/** Types that are about no patient, and that a token with a patient in context may read. */
const shared = new Set([
  'Organization',
  'Practitioner',
  'PractitionerRole',
  'Location',
  'Medication',
  'Device',
]);

/** Returns the ids of the patients that a resource is about. */
export function patientsOf(resource: FhirResource): string[] {
  if (resource.resourceType === 'Patient') return resource.id === undefined ? [] : [resource.id];
  if (resource.resourceType === 'Binary')
    return patientsIn([resource.securityContext?.reference ?? '']);
  const fields = resource as unknown as Record<string, Reference | undefined>;
  const references = elements.flatMap((name) => fields[name]?.reference ?? []);
  if (resource.resourceType === 'Provenance')
    references.push(...resource.target.flatMap((t) => t.reference ?? []));
  if (resource.resourceType === 'Appointment')
    references.push(...resource.participant.flatMap((p) => p.actor?.reference ?? []));
  return patientsIn(references);
}

const patientsIn = (references: readonly string[]): string[] =>
  references.flatMap((reference) => /(?:^|\/)Patient\/([^/]+)/.exec(reference)?.[1] ?? []);

/** Whether a resource may be seen within one patient's compartment. */
export function inCompartment(resource: FhirResource, patient: string): boolean {
  return shared.has(resource.resourceType) || patientsOf(resource).includes(patient);
}
