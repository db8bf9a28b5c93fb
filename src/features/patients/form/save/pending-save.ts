import type { Patient } from 'fhir/r4';
import { sameJson } from '#fhir/changes/json-equal.ts';
import { isRecord } from '#lib/narrow.ts';
import { forget, recall, remember } from '#session/tab-storage/storage.ts';

/** What was sent from a form and not answered: the server may have saved it. */
export interface PendingSave {
  readonly patient: Patient;
  /** The version that it is to take the place of; none for a new patient. */
  readonly over?: Patient;
  /** What was typed, where another version was made part of it before it left. */
  readonly mine?: Patient;
  /** Ids of the records that were there before and that the person looked at: it is none of them. */
  readonly seen?: readonly string[];
  /** The server said that it created it, and nothing of where it is: it must not be sent again. */
  readonly created?: true;
}

const isMark = (value: unknown): value is PendingSave =>
  isRecord(value) && isRecord(value['patient']);

const of = (draftKey: string): string => `${draftKey}.sent`;

/** Kept beside the draft, so that a page loaded again in the middle of a save knows of it. */
export function setPendingSave(draftKey: string, sent: PendingSave): void {
  remember(of(draftKey), sent);
}

export function getPendingSave(draftKey: string): PendingSave | undefined {
  return recall(of(draftKey), isMark);
}

/**
 * Whether it is one of these patients of whose save nothing is known yet. A form that was left
 * may be answered while the next one of the same key has sent something else.
 */
export function isPendingSave(
  draftKey: string,
  ...patients: readonly (Patient | undefined)[]
): boolean {
  const open = getPendingSave(draftKey)?.patient;
  return open !== undefined && patients.some((patient) => sameJson(patient, open));
}

/** After an answer, whatever it was: nothing is open any more. */
export function clearPendingSave(draftKey: string): void {
  forget(of(draftKey));
}
