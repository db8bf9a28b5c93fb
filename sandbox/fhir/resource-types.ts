import type { FhirResource } from 'fhir/r4';

/** Resource types that the server stores. */
export const resourceTypes = [
  'AllergyIntolerance',
  'Appointment',
  'Binary',
  'CarePlan',
  'CareTeam',
  'Communication',
  'Condition',
  'Consent',
  'Coverage',
  'Device',
  'DiagnosticReport',
  'DocumentReference',
  'Encounter',
  'FamilyMemberHistory',
  'Flag',
  'Goal',
  'Group',
  'ImagingStudy',
  'Immunization',
  'List',
  'Location',
  'Media',
  'Medication',
  'MedicationAdministration',
  'MedicationDispense',
  'MedicationRequest',
  'MedicationStatement',
  'NutritionOrder',
  'Observation',
  'Organization',
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'Procedure',
  'Provenance',
  'QuestionnaireResponse',
  'RelatedPerson',
  'RiskAssessment',
  'ServiceRequest',
  'Specimen',
  'Task',
] as const satisfies readonly FhirResource['resourceType'][];

const known = new Set<string>(resourceTypes);

export const isResourceType = (type: string): type is FhirResource['resourceType'] =>
  known.has(type);

/** A resource in the store, which always has an id, a version and a time of its last update. */
export type StoredResource = FhirResource & {
  id: string;
  meta: { versionId: string; lastUpdated: string };
};
