import { AnswerLost, isUnsure } from '#data/mutations-lost.ts';
import { notKept } from '#fhir/changes/not-kept.ts';
import { Conflict, CreatedButUnknown, Invalid } from '#fhir/errors.ts';
import { displayName } from '#fhir/patient/names.ts';
import { SavedNotice } from '#ui/saved-notice/saved-notice.tsx';
import { createdQuestion } from '../created/created-question.tsx';
import { findCreated } from '../duplicates/find-created.ts';
import { condition, findDuplicates, type Found } from '../duplicates/find-duplicates.ts';
import { LeftNotice, type LeftNoticeProps } from '../outcome/left-notice.tsx';
import { unusualAge } from '../validation/unusual-age.ts';
import { validationIssues } from '../validation/validation-issues.ts';
import { isMine, startCreate, type CreateAttempt, type CreateTools } from './create-attempt.ts';
import { askAfterLostAnswer, askBeforeCreate } from './create-questions.tsx';
import { savedDraft } from './draft.ts';
import { clearPendingSave, setPendingSave, type PendingSave } from './pending-save.ts';
import type { SaveResult, Saving } from './save-types.ts';

/**
 * Creates a patient, after a search for duplicates and a check by the server. If an earlier create
 * got no response (network loss or reload), its record is searched for before anything is sent
 * again. After the user left the form, it sends nothing more and opens no page: a notice over the
 * current page tells how the save ended.
 */
export async function saveNew(saving: Saving, tools: CreateTools): Promise<SaveResult> {
  const attempt = startCreate(saving, tools);
  const { patient, earlier, conditional } = attempt;
  if (earlier?.created) return askWhichCreated(attempt, earlier);
  const question = (await checkEarlierCreate(attempt)) ?? (await checkBeforeCreate(attempt));
  if (question) return question;
  markSending(attempt);
  try {
    const saved = await tools.create({
      patient,
      ifNoneExist: conditional ? condition(patient) : undefined,
    });
    return await finishCreate(attempt, saved);
  } catch (failure) {
    return await recoverCreate(attempt, failure);
  }
}

/** Searches for the record of an earlier create whose response was lost; may return a question. */
async function checkEarlierCreate(attempt: CreateAttempt): Promise<SaveResult | undefined> {
  const { saving, tools, earlier, seen } = attempt;
  if (!earlier) return undefined;
  const found = await findCreated(tools.fhir.client, earlier.patient, seen, saving.signal);
  const asks = found.matches.length > 0 || (found.unchecked.length > 0 && !saving.confirmed);
  return asks ? askAfterLostAnswer(attempt, found) : undefined;
}

/** Drops matches that the user already reviewed, and failed checks, of which the user was told. */
const unseen = ({ matches }: Found, seen: readonly string[]): Found => ({
  matches: matches.filter(({ patient }) => !seen.includes(patient.id)),
  unchecked: [],
});

/** Returns a question about possible duplicates, issues of the server or an unusual age, if any. */
async function checkBeforeCreate(attempt: CreateAttempt): Promise<SaveResult | undefined> {
  const { saving, tools, patient, earlier, seen } = attempt;
  const { confirmed, signal } = saving;
  // A confirmed question is not asked again, except on a retry: the user has not reviewed patients
  // who were registered meanwhile.
  if (confirmed && !earlier) return undefined;
  const old = confirmed ? undefined : unusualAge(patient.birthDate);
  const asksServer = tools.capability?.operation('Patient', 'match') === true;
  const [issues, all] = await Promise.all([
    confirmed ? [] : validationIssues(tools.validate, patient, signal),
    findDuplicates(tools.fhir.client, patient, asksServer, signal),
  ]);
  const found = confirmed ? unseen(all, seen) : all;
  const twin = found.unchecked.length > 0 || found.matches.length > 0;
  if (!twin && issues.length === 0 && old === undefined) return undefined;
  const title = twin ? 'duplicatesTitle' : issues.length > 0 ? 'objectsTitle' : 'confirmTitle';
  return askBeforeCreate(attempt, { found, issues, old }, { title, confirm: 'createAnyway' });
}

/** Stores the pending save right before the create; nothing may be awaited between the two. */
function markSending({ saving, patient, seen }: CreateAttempt): void {
  saving.signal.throwIfAborted();
  saving.sending();
  setPendingSave(saving.draftKey, { patient, seen });
}

/** Shows the outcome of a save as a notice over the current page. */
function notifyOutcome({ tools, name }: CreateAttempt, outcome: LeftNoticeProps['outcome']): void {
  tools.toast(
    <LeftNotice {...{ name, id: undefined, outcome }} onClose={() => tools.toast(undefined)} />,
  );
}

function askWhichCreated({ saving, tools }: CreateAttempt, sent: PendingSave): Promise<SaveResult> {
  const { navigate } = tools;
  return createdQuestion(sent, { client: tools.fhir.client, signal: saving.signal, navigate });
}

/** Handles a response with a record: opens it, or asks about a record that existed before. */
async function finishCreate(
  attempt: CreateAttempt,
  saved: Awaited<ReturnType<CreateTools['create']>>,
): Promise<SaveResult> {
  const { saving, tools, patient, name } = attempt;
  const { signal, draftKey } = saving;
  if (saved.existed) {
    if (isMine(attempt)) clearPendingSave(draftKey);
    if (signal.aborted) {
      notifyOutcome(attempt, 'existed');
      return {};
    }
    const match = { patient: saved.resource, score: 1, reasons: ['identifier'] as const };
    const found = { matches: [match], unchecked: [] };
    return askBeforeCreate(attempt, { found }, { title: 'existsTitle' });
  }
  const said = tools.t('created', { name: displayName(saved.resource).text ?? name });
  const lost = notKept(patient, saved.resource);
  tools.announce(said);
  if (signal.aborted) {
    if (isMine(attempt)) savedDraft(draftKey);
    notifyOutcome(attempt, { lost });
    return {};
  }
  saving.release();
  const { id } = saved.resource;
  await tools.navigate({ to: '/patients/$id', params: { id }, replace: true });
  const onClose = (): void => tools.toast(undefined);
  tools.toast(<SavedNotice {...{ said, lost, onClose }} />);
  return {};
}

/** Handles a refusal or a missing response. */
async function recoverCreate(attempt: CreateAttempt, failure: unknown): Promise<SaveResult> {
  const { saving, tools, patient, earlier, seen, conditional } = attempt;
  const { signal, draftKey } = saving;
  // A create cannot conflict with another user's change, as no record exists (`isCreateConflict`).
  const error = failure instanceof Conflict ? new Invalid(failure) : failure;
  if (error instanceof CreatedButUnknown && error.status === 201) {
    return finishWithoutRecord(attempt, error);
  }
  const unsure = isUnsure(error);
  if (!unsure && isMine(attempt)) {
    // A refused or unsent create does not settle the outcome of an earlier one.
    if (earlier) setPendingSave(draftKey, { ...earlier, seen });
    else clearPendingSave(draftKey);
  }
  if (signal.aborted) {
    const shown = earlier && !unsure ? new AnswerLost('unknown', error) : error;
    notifyOutcome(attempt, { error: shown });
  }
  if (signal.aborted || !unsure) throw error;
  // 200 for a conditional create means that a matching record existed before.
  const met = conditional && error instanceof CreatedButUnknown && error.status === 200;
  const found = await findCreated(tools.fhir.client, patient, met ? [] : seen, signal);
  return askAfterLostAnswer(attempt, found);
}

/** Handles a 201 without a record: opens the record by its id, or asks which record it is. */
async function finishWithoutRecord(
  attempt: CreateAttempt,
  { id }: CreatedButUnknown,
): Promise<SaveResult> {
  const { saving, tools, patient, name, seen } = attempt;
  const { signal, draftKey } = saving;
  tools.announce(tools.t('created', { name }));
  if (signal.aborted) {
    if (isMine(attempt)) savedDraft(draftKey);
    notifyOutcome(attempt, { lost: [] });
    return {};
  }
  if (id === undefined) {
    const sent: PendingSave = { patient, seen, created: true };
    setPendingSave(draftKey, sent);
    return askWhichCreated(attempt, sent);
  }
  saving.release();
  // Not SavedNotice, because the opened page may fail to read the new record at first.
  notifyOutcome(attempt, { lost: [] });
  await tools.navigate({ to: '/patients/$id', params: { id }, replace: true });
  return {};
}
