import type { Patient } from 'fhir/r4';
import { AnswerLost } from '#data/mutations-lost.ts';
import { putRead } from '#data/mutations.ts';
import { differences } from '#fhir/changes/diff.ts';
import { notKept } from '#fhir/changes/not-kept.ts';
import { Conflict } from '#fhir/errors.ts';
import type { Versioned } from '#fhir/types.ts';
import { SavedNotice } from '#ui/saved-notice/saved-notice.tsx';
import { isChanged } from '../mapping/to-patient.ts';
import { BeforeSaveDialog, LostChangeDialog } from '../questions/before-save-dialog.tsx';
import { ConflictDialog } from '../questions/conflict-dialog.tsx';
import { unusualAge } from '../validation/unusual-age.ts';
import { validationIssues } from '../validation/validation-issues.ts';
import { nameOf, notifyOutcome, type ChangeAttempt, type ChangeTools } from './change-attempt.tsx';
import { savedDraft } from './draft.ts';
import { isPendingSave } from './pending-save.ts';
import type { SaveResult, Saving } from './save-types.ts';
import { createVersionWriter, type WriteVersion } from './write-version.ts';

/**
 * Saves the changes of a patient. After the user left the form, it sends nothing more and opens no
 * page: a notice over the current page tells how the save ended.
 */
export async function saveChanges(saving: Saving, tools: ChangeTools): Promise<SaveResult> {
  const { base, etag, fhir } = tools;
  const patient = { ...saving.built.patient, id: base.id };
  const attempt = { saving, tools, patient };
  if (!isChanged(base, saving.built)) return finishSave(attempt);
  const question = await checkBeforeChange(attempt);
  if (question) return question;
  const { signal } = saving;
  const write = createVersionWriter(attempt);
  try {
    const { saved, sent } = await write(patient, { resource: base, etag });
    return await finishSave(attempt, saved, sent);
  } catch (error) {
    if (signal.aborted) throw error;
    if (error instanceof AnswerLost) {
      return { ask: (asked) => <LostChangeDialog {...{ asked, error }} /> };
    }
    if (!(error instanceof Conflict)) throw error;
    const theirs = await fhir.client.read('Patient', base.id, { signal });
    putRead(tools.cache, fhir, theirs);
    return askConflict(attempt, theirs, write);
  }
}

/** Returns a question if the server reports issues or the age is unusual. */
async function checkBeforeChange({
  saving,
  tools,
  patient,
}: ChangeAttempt): Promise<SaveResult | undefined> {
  if (saving.confirmed) return undefined;
  const { base, validate } = tools;
  const old = patient.birthDate === base.birthDate ? undefined : unusualAge(patient.birthDate);
  const issues = await validationIssues(validate, patient, saving.signal, base);
  if (old === undefined && issues.length === 0) return undefined;
  return {
    issues,
    ask: (asked) => (
      <BeforeSaveDialog
        {...{ asked, patient, issues, old }}
        title={issues.length > 0 ? 'objectsTitle' : 'confirmTitle'}
        confirm="saveAnyway"
      />
    ),
  };
}

/**
 * Opens the patient and shows what was saved; if the user left the form, shows it over the current
 * page.
 *
 * @param saved the stored patient; undefined if there was nothing to save
 * @param sent the patient that was sent
 */
async function finishSave(
  attempt: ChangeAttempt,
  saved?: Patient,
  sent = saved,
): Promise<SaveResult> {
  const { saving, tools } = attempt;
  const { base, t } = tools;
  const said = saved && t('saved', { name: nameOf(saved, t) });
  if (said !== undefined) tools.announce(said);
  const lost = saved && sent ? notKept(sent, saved) : [];
  if (saving.signal.aborted) {
    if (saved) {
      if (isPendingSave(saving.draftKey, sent)) savedDraft(saving.draftKey);
      notifyOutcome(attempt, saved, { lost });
    }
    return {};
  }
  saving.release();
  await tools.navigate({ to: '/patients/$id', params: { id: base.id } });
  if (saved && said !== undefined) {
    const paths = differences(base, saved).map(({ path }) => path.split('.')[0] ?? '');
    const changed = [...new Set(paths)].filter((element) => element !== 'meta');
    const onClose = (): void => tools.toast(undefined);
    tools.toast(<SavedNotice {...{ said, changed, lost, onClose }} />);
  }
  return {};
}

/** Returns the question of which values to save after another user saved first. */
function askConflict(
  attempt: ChangeAttempt,
  theirs: Versioned<Patient>,
  write: WriteVersion,
): SaveResult {
  const { saving, tools, patient } = attempt;
  return {
    ask: (asked) => (
      <ConflictDialog
        {...{ asked, base: tools.base, theirs }}
        mine={patient}
        write={async (merged, over) => {
          const written = await write(merged, over);
          if (saving.signal.aborted) await finishSave(attempt, written.saved, written.sent);
          return written;
        }}
        onSaved={({ saved, sent }) => void finishSave(attempt, saved, sent)}
        onNothing={() => void finishSave(attempt)}
      />
    ),
  };
}
