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

/** What was typed and not saved, with the version that was edited. */
export interface FormDraft {
  readonly values: PatientForm;
  readonly base: Patient | undefined;
  readonly etag: string | undefined;
}

/**
 * Storage key of a draft: in this tab only, for one user on one server, deleted on sign-out and
 * when somebody else signs in.
 *
 * @param what id of the patient, or `new`
 */
export function draftKey(session: Session, what: string): string {
  const patient = session.kind === 'smart' ? `${session.context.patient ?? ''}.` : '';
  return `draft.${ownerOf(session)}${patient}${what}`;
}

/** Increased when rows get new cells: a draft of an older release lacks them and is ignored. */
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

/** After a save was answered and its form left: a new form of the same key keeps its own drafts. */
export function savedDraft(key: string): void {
  forget(key);
  clearPendingSave(key);
}

/** Keys whose draft was discarded or saved: a late timer must not restore it. */
const stopped = new Set<string>();
/** The version that is being edited, by draft key. */
const bases = new Map<string, Pick<FormDraft, 'base' | 'etag'>>();

/** Sets the version that is being edited. */
export function setDraftBase(
  key: string,
  base: Patient | undefined,
  etag: string | undefined,
): void {
  bases.set(key, { base, etag });
}

/** Stores a draft, replacing the one before. */
export function putDraft(key: string, draft: FormDraft): void {
  remember(key, { shape: SHAPE, ...draft });
}

/** Stores what is typed, unless nothing was changed. */
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
 * Stores what is typed, half a second after the last key, or on unmount if that comes first.
 *
 * @returns call on unmount
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
