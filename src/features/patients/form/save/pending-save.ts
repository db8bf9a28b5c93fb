import type { Patient } from 'fhir/r4';
import { sameJson } from '#fhir/changes/json-equal.ts';
import { isRecord } from '#lib/narrow.ts';
import { forget, recall, remember } from '#session/tab-storage/storage.ts';

/** A save without a response: the server may have stored it. */
export interface PendingSave {
  /** The patient that was sent. */
  readonly patient: Patient;
  /** The version that it replaces; undefined for a new patient. */
  readonly over?: Patient;
  /** The patient as typed, if another version was merged into it before sending. */
  readonly mine?: Patient;
  /** Ids of possible duplicates that the user reviewed and ruled out. */
  readonly seen?: readonly string[];
  /** The server responded 201 without an id: the patient must not be sent again. */
  readonly created?: true;
}

const isMark = (value: unknown): value is PendingSave =>
  isRecord(value) && isRecord(value['patient']);

const of = (draftKey: string): string => `${draftKey}.sent`;

/** Stores the pending save beside the draft, so that it survives a reload during the save. */
export function setPendingSave(draftKey: string, sent: PendingSave): void {
  remember(of(draftKey), sent);
}

export function getPendingSave(draftKey: string): PendingSave | undefined {
  return recall(of(draftKey), isMark);
}

/**
 * Whether the pending save is of one of these patients. A response may arrive after the user left
 * the form and the next form with the same draft key sent another patient.
 */
export function isPendingSave(
  draftKey: string,
  ...patients: readonly (Patient | undefined)[]
): boolean {
  const open = getPendingSave(draftKey)?.patient;
  return open !== undefined && patients.some((patient) => sameJson(patient, open));
}

/** Removes the pending save once its outcome is known. */
export function clearPendingSave(draftKey: string): void {
  forget(of(draftKey));
}
