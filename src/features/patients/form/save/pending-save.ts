import type { Patient } from 'fhir/r4';
import { sameJson } from '#fhir/changes/json-equal.ts';
import { isRecord } from '#lib/narrow.ts';
import { forget, recall, remember } from '#session/tab-storage/storage.ts';

/** A save that was sent and not answered: the server may have stored it. */
export interface PendingSave {
  readonly patient: Patient;
  /** The version that it replaces; undefined for a new patient. */
  readonly over?: Patient;
  /** What was typed, where another version was merged into it before it was sent. */
  readonly mine?: Patient;
  /** Ids of possible duplicates that the user reviewed and ruled out. */
  readonly seen?: readonly string[];
  /** The server answered 201 without an id: it must not be sent again. */
  readonly created?: true;
}

const isMark = (value: unknown): value is PendingSave =>
  isRecord(value) && isRecord(value['patient']);

const of = (draftKey: string): string => `${draftKey}.sent`;

/** Stored with the draft, so that it survives a reload during a save. */
export function setPendingSave(draftKey: string, sent: PendingSave): void {
  remember(of(draftKey), sent);
}

export function getPendingSave(draftKey: string): PendingSave | undefined {
  return recall(of(draftKey), isMark);
}

/**
 * Whether the pending save is of one of these patients. The answer to a form that was left may come
 * after the next form of the same key has sent something else.
 */
export function isPendingSave(
  draftKey: string,
  ...patients: readonly (Patient | undefined)[]
): boolean {
  const open = getPendingSave(draftKey)?.patient;
  return open !== undefined && patients.some((patient) => sameJson(patient, open));
}

/** After any answer: no save is pending any more. */
export function clearPendingSave(draftKey: string): void {
  forget(of(draftKey));
}
