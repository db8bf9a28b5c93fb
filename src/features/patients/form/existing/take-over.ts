import type { Patient } from 'fhir/r4';
import { differences } from '#fhir/changes/diff.ts';
import type { Versioned } from '#fhir/types.ts';
import { isRecord } from '#lib/narrow.ts';
import { readDraft, type FormDraft } from '../save/draft.ts';
import { fromPatient } from '../mapping/from-patient.ts';
import type { PatientForm } from '../model.ts';
import { toPatient } from '../mapping/to-patient.ts';
import { proposals, type Proposal } from './proposals.ts';

/** An element of a record, before and after. */
export interface Difference {
  readonly path: string;
  readonly recorded: unknown;
  readonly typed: unknown;
}

/** A proposal, with its effect on the record. */
export interface Offer extends Proposal {
  readonly differences: readonly Difference[];
}

/** What the edit form starts with: an unsaved draft of the record, or the record itself. */
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

/** The element that contains a change: the whole name, not its second given name. */
const elementOf = (path: string): string => /^[^.]+(?:\.\d+)?/.exec(path)?.[0] ?? path;

/** What was typed and the existing record lacks. */
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
