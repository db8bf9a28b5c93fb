import { useEffect } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { Patient } from 'fhir/r4';
import { isRecord } from '#lib/narrow.ts';
import { ownerOf } from '#session/tab-storage/owner.ts';
import type { Session } from '#session/session.ts';
import { forget, recall, remember } from '#session/tab-storage/storage.ts';
import { getSessionState } from '#session/state/store.ts';
import type { PatientForm } from '../model.ts';
import { clearPendingSave } from './pending-save.ts';

/** Typed values that are not saved, with the version that was edited. */
export interface FormDraft {
  readonly values: PatientForm;
  /** The edited version; undefined for a new patient. */
  readonly base: Patient | undefined;
  readonly etag: string | undefined;
}

/**
 * Returns the storage key of a draft. A draft is stored in this tab only, for one user on one
 * server, and is deleted on sign-out and when another user signs in.
 *
 * @param what id of the patient, or `new`
 */
export function draftKey(session: Session, what: string): string {
  const patient = session.kind === 'smart' ? `${session.context.patient ?? ''}.` : '';
  return `draft.${ownerOf(session)}${patient}${what}`;
}

/** Version of the form's shape. Increase it when rows get new cells, to ignore older drafts. */
const SHAPE = 3;

const isDraft = (value: unknown): value is FormDraft =>
  isRecord(value) &&
  value['shape'] === SHAPE &&
  isRecord(value['values']) &&
  Array.isArray(value['values']['name']);

export function readDraft(key: string): FormDraft | undefined {
  return recall(key, isDraft);
}

export function forgetDraft(key: string): void {
  savedDraft(key);
  stopped.add(key);
}

/**
 * Deletes the draft after a save. Unlike {@link forgetDraft}, it lets a new form with the same key
 * store drafts.
 */
export function savedDraft(key: string): void {
  forget(key);
  clearPendingSave(key);
}

/** Keys whose draft was discarded or saved, so that a late timer does not restore it. */
const stopped = new Set<string>();
/** The edited version, by draft key. */
const bases = new Map<string, Pick<FormDraft, 'base' | 'etag'>>();

/** Sets the edited version, which is stored with the draft. */
export function setDraftBase(
  key: string,
  base: Patient | undefined,
  etag: string | undefined,
): void {
  bases.set(key, { base, etag });
}

/** Stores a draft and replaces the previous one. */
export function putDraft(key: string, draft: FormDraft): void {
  remember(key, { shape: SHAPE, ...draft });
}

/** Stores the typed values as a draft; without changes deletes the draft. */
export function keepDraft(key: string, values: PatientForm, before: PatientForm): void {
  if (stopped.has(key)) return;
  if (JSON.stringify(values) !== JSON.stringify(before)) {
    putDraft(key, { values, base: undefined, etag: undefined, ...bases.get(key) });
    return;
  }
  forget(key);
  clearPendingSave(key);
}

/** The part of the form API that drafts need. */
type Typed = Pick<UseFormReturn<PatientForm>, 'watch' | 'getValues'>;

/**
 * Stores the typed values half a second after the last key press, or on unmount if that is earlier.
 *
 * @returns function to call on unmount
 */
export function keepTyped(key: string, form: Typed, before: PatientForm): () => void {
  stopped.delete(key);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = (): void => {
    timer = undefined;
    keepDraft(key, form.getValues(), before);
  };
  const subscription = form.watch(() => {
    clearTimeout(timer);
    timer = setTimeout(keep, 500);
  });
  return () => {
    subscription.unsubscribe();
    if (timer === undefined) return;
    clearTimeout(timer);
    // After a sign-out nothing may be stored.
    if (getSessionState().state === 'ready') keep();
  };
}

/** Stores drafts of a form while it is mounted. */
export function useKeepDraft(
  key: string,
  form: UseFormReturn<PatientForm>,
  before: PatientForm,
): void {
  useEffect(() => keepTyped(key, form, before), [key, form, before]);
}
