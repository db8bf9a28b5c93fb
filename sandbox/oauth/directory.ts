import type { Encounter, FhirResource, HumanName, Patient, Practitioner } from 'fhir/r4';

/** A practitioner, patient or encounter that can be chosen on the EHR's pages. */
export interface Person {
  readonly id: string;
  readonly name: string;
}

export interface PatientChoice extends Person {
  readonly birthDate: string | undefined;
  readonly gender: string | undefined;
}

export type ResourcesOfType = (type: string) => readonly FhirResource[];

/** The choices that the EHR's sign-in, patient picker and launcher offer. */
export interface Directory {
  readonly practitioners: readonly Person[];
  /** Returns the patients whose name or id contains every word of the text. */
  patients(text: string, limit: number): PatientChoice[];
  patient(id: string): PatientChoice | undefined;
  encounters(patientId: string): Person[];
}

/** @param resources returns all resources of a type; called at each use, to find new patients */
export function makeDirectory(resources: ResourcesOfType): Directory {
  const all = <T extends FhirResource>(type: T['resourceType']): T[] => resources(type) as T[];
  return {
    get practitioners() {
      return all<Practitioner>('Practitioner')
        .slice(0, 6)
        .map((p) => ({ id: p.id ?? '', name: nameText(p.name) ?? p.id ?? '' }));
    },
    patients(text, limit) {
      const words = text.toLowerCase().split(/\s+/).filter(Boolean);
      const found: PatientChoice[] = [];
      for (const patient of all<Patient>('Patient')) {
        if (found.length === limit) break;
        const choice = choiceOf(patient);
        const line = `${choice.name} ${choice.id}`.toLowerCase();
        if (words.every((word) => line.includes(word))) found.push(choice);
      }
      return found;
    },
    patient(id) {
      const patient = all<Patient>('Patient').find((p) => p.id === id);
      return patient && choiceOf(patient);
    },
    encounters: (patientId) =>
      all<Encounter>('Encounter')
        .filter((e) => e.subject?.reference === `Patient/${patientId}`)
        .map((e) => ({ id: e.id ?? '', name: encounterText(e) }))
        .sort((a, b) => b.name.localeCompare(a.name)),
  };
}

function choiceOf(patient: Patient): PatientChoice {
  const { id = '', birthDate, gender } = patient;
  return { id, name: nameText(patient.name) ?? 'Name not known', birthDate, gender };
}

/** Returns a name as text. Tolerates the deliberately broken data in the store. */
function nameText(names: HumanName[] | undefined): string | undefined {
  const name = Array.isArray(names) ? names[0] : undefined;
  if (!name) return undefined;
  const given = Array.isArray(name.given) ? name.given.slice(0, 3).join(' ') : '';
  const parts = [name.family, given].filter((part) => typeof part === 'string' && part !== '');
  return parts.join(', ') || name.text;
}

function encounterText(encounter: Encounter): string {
  const day = encounter.period?.start?.slice(0, 10) ?? 'no date';
  return `${day} ${encounter.type?.[0]?.text ?? encounter.class?.display ?? 'Encounter'}`;
}
