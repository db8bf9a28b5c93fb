import { AnswerLost, isUnsure } from '#data/mutations-lost.ts';
import { notKept } from '#fhir/changes/not-kept.ts';
import { Conflict, CreatedButUnknown, Invalid } from '#fhir/errors.ts';
import { displayName } from '#fhir/patient/names.ts';
import { createdQuestion } from '../created/created-question.tsx';
import { findCreated } from '../duplicates/find-created.ts';
import { condition, findDuplicates, type Found } from '../duplicates/find-duplicates.ts';
import { LeftNotice, type LeftNoticeProps } from '../outcome/left-notice.tsx';
import { SavedNotice } from '../outcome/saved-notice.tsx';
import { unusualAge } from '../validation/unusual-age.ts';
import { validationIssues } from '../validation/validation-issues.ts';
import { isMine, startCreate, type CreateAttempt, type CreateTools } from './create-attempt.ts';
import { askAfterLostAnswer, askBeforeCreate } from './create-questions.tsx';
import { savedDraft } from './draft.ts';
import { clearPendingSave, setPendingSave, type PendingSave } from './pending-save.ts';
import type { SaveResult, Saving } from './save-types.ts';

/**
 * Creates a patient, after a search for duplicates and a check by the server. If an earlier create
 * got no answer (network loss or reload), that record is searched for before anything is sent again.
 * Once the user has left the form nothing more is sent, and no page is opened: a notice over the
 * page that is open says how the save ended.
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

/** Searches for the record of an earlier create whose answer was lost. */
async function checkEarlierCreate(attempt: CreateAttempt): Promise<SaveResult | undefined> {
  const { saving, tools, earlier, seen } = attempt;
  if (!earlier) return undefined;
  const found = await findCreated(tools.fhir.client, earlier.patient, seen, saving.signal);
  const asks = found.matches.length > 0 || (found.unchecked.length > 0 && !saving.confirmed);
  return asks ? askAfterLostAnswer(attempt, found) : undefined;
}

/** Drops the matches that the user has already reviewed; what could not be checked was said. */
const unseen = ({ matches }: Found, seen: readonly string[]): Found => ({
  matches: matches.filter(({ patient }) => !seen.includes(patient.id)),
  unchecked: [],
});

/** Possible duplicates, issues of the server, an unusual age: asks about them. */
async function checkBeforeCreate(attempt: CreateAttempt): Promise<SaveResult | undefined> {
  const { saving, tools, patient, earlier, seen } = attempt;
  const { confirmed, signal } = saving;
  // Confirmed: nothing to ask again. Except on a second try: who was registered meanwhile has not
  // been looked at.
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

/** The last step before the request leaves: nothing may be awaited between this and the create. */
function markSending({ saving, patient, seen }: CreateAttempt): void {
  saving.signal.throwIfAborted();
  saving.sending();
  setPendingSave(saving.draftKey, { patient, seen });
}

/** The notice over whatever page is open. */
function notifyOutcome({ tools, name }: CreateAttempt, outcome: LeftNoticeProps['outcome']): void {
  tools.toast(
    <LeftNotice {...{ name, id: undefined, outcome }} onClose={() => tools.toast(undefined)} />,
  );
}

function askWhichCreated({ saving, tools }: CreateAttempt, sent: PendingSave): Promise<SaveResult> {
  const { navigate } = tools;
  return createdQuestion(sent, { client: tools.fhir.client, signal: saving.signal, navigate });
}

/** After an answer with the record: opens it, or asks about one that was there before. */
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

/** After a refusal, or where no answer came. */
async function recoverCreate(attempt: CreateAttempt, failure: unknown): Promise<SaveResult> {
  const { saving, tools, patient, earlier, seen, conditional } = attempt;
  const { signal, draftKey } = saving;
  // There is no record yet that somebody else could have changed (`isCreateConflict`).
  const error = failure instanceof Conflict ? new Invalid(failure) : failure;
  if (error instanceof CreatedButUnknown && error.status === 201) {
    return finishWithoutRecord(attempt, error);
  }
  const unsure = isUnsure(error);
  if (!unsure && isMine(attempt)) {
    // That this one was refused, or was never sent, says nothing about an earlier one.
    if (earlier) setPendingSave(draftKey, { ...earlier, seen });
    else clearPendingSave(draftKey);
  }
  if (signal.aborted) {
    const shown = earlier && !unsure ? new AnswerLost('unknown', error) : error;
    notifyOutcome(attempt, { error: shown });
  }
  if (signal.aborted || !unsure) throw error;
  // Where the condition was met, it is a record that was there before.
  const met = conditional && error instanceof CreatedButUnknown && error.status === 200;
  const found = await findCreated(tools.fhir.client, patient, met ? [] : seen, signal);
  return askAfterLostAnswer(attempt, found);
}

/** The server says 201 and does not send the record: opens it by its id, or asks which it is. */
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
  // Not SavedNotice: the page that opens may have to say that the record cannot be read (yet).
  notifyOutcome(attempt, { lost: [] });
  await tools.navigate({ to: '/patients/$id', params: { id }, replace: true });
  return {};
}
