import type { Patient } from 'fhir/r4';
import { differences } from '#fhir/changes/diff.ts';
import type { Versioned } from '#fhir/types.ts';
import { isRecord } from '#lib/narrow.ts';
import { readDraft, type FormDraft } from '../save/draft.ts';
import { fromPatient } from '../mapping/from-patient.ts';
import type { PatientForm } from '../model.ts';
import { toPatient } from '../mapping/to-patient.ts';
import { proposals, type Proposal } from './proposals.ts';

/** An element that differs: its recorded value, and its value with the typed data. */
export interface Difference {
  readonly path: string;
  readonly recorded: unknown;
  readonly typed: unknown;
}

/** A proposal with its effect on the record. */
export interface Offer extends Proposal {
  readonly differences: readonly Difference[];
}

/** Returns the initial state of the edit form: an unsaved draft of the record, or the record. */
export function beginning(opened: Versioned<Patient>, draftKey: string): Required<FormDraft> {
  const draft = readDraft(draftKey);
  return draft?.base && draft.base.id === opened.resource.id
    ? draft
    : { values: fromPatient(opened.resource), base: opened.resource, etag: opened.etag };
}

function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce(
      (now, step) => (isRecord(now) || Array.isArray(now) ? Reflect.get(now, step) : undefined),
      value,
    );
}

/** Returns the path of the element that contains a change: `name.0` for `name.0.given.1`. */
const elementOf = (path: string): string => /^[^.]+(?:\.\d+)?/.exec(path)?.[0] ?? path;

/** Returns the typed values that the existing record lacks. */
export function offers({ values, base }: FormDraft, typed: PatientForm): readonly Offer[] {
  const before = base ? fromPatient(base) : values;
  const recorded = toPatient(base, before, values).patient;
  return proposals(values, typed).flatMap((proposal) => {
    const taken = toPatient(base, before, proposal.take(values)).patient;
    const paths = [...new Set(differences(recorded, taken).map(({ path }) => elementOf(path)))];
    const found = paths.map((path) => ({
      path,
      recorded: at(recorded, path),
      typed: at(taken, path),
    }));
    return found.length > 0 ? [{ ...proposal, differences: found }] : [];
  });
}
