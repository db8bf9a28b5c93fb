import type { Encounter } from 'fhir/r4';
import { codingText, conceptTexts } from '#fhir/coding.ts';
import { referenceIn } from '#fhir/contained.ts';
import { localReference } from '#fhir/reference.ts';
import { formatPeriod } from '#fhir/values.ts';
import { record, records, text } from '#lib/narrow.ts';
import { namesPatient } from './of-patient.ts';

/**
 * How the launched encounter stands to the patient on screen:
 * `here` belongs to this patient; `elsewhere`: the person went on to another patient than the
 * launched one; `conflict`: the launch names an encounter of somebody else; `unknown`: the
 * encounter does not say whose it is.
 */
export type EncounterFit = 'here' | 'elsewhere' | 'conflict' | 'unknown';

export function encounterFit(
  encounter: Encounter,
  shown: string,
  launched: string | undefined,
  baseUrl?: string,
): EncounterFit {
  const subject = localReference(encounter.subject, baseUrl);
  if (launched !== undefined && launched !== shown) return 'elsewhere';
  if (subject === undefined) return namesPatient(encounter, shown) ? 'here' : 'unknown';
  return subject.type === 'Patient' && subject.id === shown ? 'here' : 'conflict';
}

export interface ShownEncounter {
  readonly kind: string | undefined;
  readonly types: readonly string[];
  readonly status: string | undefined;
  readonly period: string | undefined;
  readonly places: readonly string[];
  readonly people: readonly string[];
  readonly reasons: readonly string[];
}

const unique = (texts: readonly (string | undefined)[]): readonly string[] => [
  ...new Set(texts.filter((t) => t !== undefined)),
];

/** What an encounter is, in words. Total. */
export function shownEncounter(encounter: unknown): ShownEncounter {
  const e = record(encounter);
  return {
    kind: codingText(e['class']),
    types: conceptTexts(e['type']),
    status: text(e['status']),
    period: formatPeriod(e['period']),
    places: unique(records(e['location']).map((l) => referenceIn(e, l['location']))),
    people: unique(records(e['participant']).map((p) => referenceIn(e, p['individual']))),
    reasons: conceptTexts(e['reasonCode']),
  };
}
