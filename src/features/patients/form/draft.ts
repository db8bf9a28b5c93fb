import { useEffect } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { Patient } from 'fhir/r4';
import { isRecord } from '#lib/narrow.ts';
import type { Session } from '#session/session.ts';
import { forget, recall, remember } from '#session/storage.ts';
import type { PatientForm } from './model.ts';
import { forgetSent } from './sent.ts';

/** What was typed and not saved, with the version it was typed over. */
export interface FormDraft {
  readonly values: PatientForm;
  readonly base: Patient | undefined;
  readonly etag: string | undefined;
}

/**
 * Where a draft is kept: in this tab only, for one person on one server, gone on sign-out. A SMART
 * session gets a new key at every launch, so that there the person's name stands for it.
 *
 * @param what id of the patient, or `new`
 */
export function draftKey(session: Session, what: string): string {
  // Where the id_token could not be verified nobody is named: then whom the server calls its user.
  const who = session.user?.login ?? session.user?.name ?? session.context.fhirUser;
  const owner =
    session.kind === 'smart' && who
      ? `${session.server.fhirBaseUrl}|${who}|${session.context.patient ?? ''}`
      : session.key;
  return `draft.${owner}.${what}`;
}

/** Raised when rows get new cells: a draft of an older release lacks them and is left alone. */
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

/** After its save was answered with the form left: a new form of the same key keeps its own drafts. */
export function savedDraft(key: string): void {
  forget(key);
  forgetSent(key);
}

/** Keys whose draft was thrown away or saved: a late timer must not bring it back. */
const stopped = new Set<string>();
/** What else belongs to a draft, by key: the version that is being edited. */
const bases = new Map<string, Pick<FormDraft, 'base' | 'etag'>>();

/** Says over which version a form is being filled in. */
export function setDraftBase(
  key: string,
  base: Patient | undefined,
  etag: string | undefined,
): void {
  bases.set(key, { base, etag });
}

/** Keeps a draft, instead of the one before. */
export function putDraft(key: string, draft: FormDraft): void {
  remember(key, { shape: SHAPE, ...draft });
}

/** Keeps what is typed, unless it is nothing new. */
export function keepDraft(key: string, values: PatientForm, before: PatientForm): void {
  if (stopped.has(key)) return;
  if (JSON.stringify(values) !== JSON.stringify(before)) {
    putDraft(key, { values, base: undefined, etag: undefined, ...bases.get(key) });
    return;
  }
  forget(key);
  forgetSent(key);
}

/** Keeps what is typed, half a second after the last key. */
export function useKeepDraft(
  key: string,
  form: UseFormReturn<PatientForm>,
  before: PatientForm,
): void {
  useEffect(() => {
    stopped.delete(key);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const subscription = form.watch(() => {
      clearTimeout(timer);
      timer = setTimeout(() => keepDraft(key, form.getValues(), before), 500);
    });
    return () => {
      clearTimeout(timer);
      subscription.unsubscribe();
    };
  }, [key, form, before]);
}
