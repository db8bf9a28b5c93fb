import type { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Fhir } from '#data/fhir-context.ts';
import { AnswerLost } from '#data/mutations-lost.ts';
import type { useCreatePatient } from '#data/mutations.ts';
import type { Capability } from '#fhir/permissions/capability.ts';
import { Conflict, CreatedButUnknown, Invalid } from '#fhir/errors.ts';
import { notKept } from '#fhir/changes/not-kept.ts';
import { displayName } from '#fhir/patient/names.ts';
import { createdQuestion } from '../created/created-question.tsx';
import { lookForCreated } from '../duplicates/find-created.ts';
import { condition, findDuplicates, type Found } from '../duplicates/find-duplicates.ts';
import { savedDraft } from './draft.ts';
import { OpenedInstead } from '../existing/opened-instead.tsx';
import { isUnsure, LeftNotice, type LeftNoticeProps } from '../outcome/left-notice.tsx';
import { SavedNotice } from '../outcome/saved-notice.tsx';
import type { FormText } from '../messages.ts';
import { validationIssues } from '../validation/validation-issues.ts';
import type { Saving, SaveResult } from './save-types.ts';
import {
  BeforeSaveDialog,
  LostAnswerDialog,
  type BeforeSaveProps,
  type Doubts,
} from '../questions/before-save-dialog.tsx';
import {
  clearPendingSave,
  isPendingSave,
  setPendingSave,
  getPendingSave,
  type PendingSave,
} from './pending-save.ts';
import type { Validate } from '../validation/use-validate.ts';
import { unusualAge } from '../validation/unusual-age.ts';

interface Tools {
  readonly fhir: Fhir;
  readonly capability: Capability | undefined;
  readonly create: ReturnType<typeof useCreatePatient>['mutateAsync'];
  readonly validate: Validate | undefined;
  readonly navigate: ReturnType<typeof useNavigate>;
  readonly announce: (text: string) => void;
  readonly toast: (toast: ReactNode) => void;
  readonly t: FormText;
}

/** What the person, who was told of what is not known, has not looked at yet. */
const unseen = ({ matches }: Found, seen: readonly string[]): Found => ({
  matches: matches.filter(({ patient }) => !seen.includes(patient.id)),
  unchecked: [],
});

/**
 * Creates a patient, after a look for who is there already and for what the server thinks of it.
 * Where an answer was lost, be it by a reload, it is looked for what was sent before anything is
 * sent again. Once the person has left the form nothing more is sent, and nobody is led to what was:
 * what became of it is said where they are.
 */
export async function saveNew(saving: Saving, tools: Tools): Promise<SaveResult> {
  const { confirmed, signal, release, draftKey, sending } = saving;
  const { patient } = saving.built;
  const { fhir, capability, navigate, t } = tools;
  const { client, session } = fhir;
  const question = (
    doubts: Doubts,
    how: Pick<BeforeSaveProps, 'title' | 'confirm'>,
  ): SaveResult => ({
    issues: doubts.issues,
    ask: (asked) => (
      <BeforeSaveDialog
        {...{ asked, patient }}
        {...how}
        {...doubts}
        onOpen={(id) => {
          asked.keep(); // what was typed is nobody's record yet
          const onClose = (): void => tools.toast(undefined);
          void navigate({ to: '/patients/$id', params: { id } }).then(() =>
            tools.toast(<OpenedInstead {...{ id, draftKey, onClose }} />),
          );
        }}
      />
    ),
  });
  const lost = (found: Found): SaveResult => ({
    ask: (asked) => (
      <LostAnswerDialog
        {...{ asked, patient, found }}
        onAnyway={(others) => {
          clearPendingSave(draftKey); // seen, and said to be somebody else
          asked.again([...seen, ...others]);
        }}
        onOpen={(id) => {
          asked.release(); // what was typed is the record that opens
          void navigate({ to: '/patients/$id', params: { id }, replace: true });
        }}
      />
    ),
  });
  const earlier = getPendingSave(draftKey);
  if (earlier?.created) return createdQuestion(earlier, { client, signal, navigate });
  const seen = [...(earlier?.seen ?? []), ...saving.seen];
  if (earlier) {
    const found = await lookForCreated(client, earlier.patient, seen, signal);
    if (found.matches.length > 0 || (found.unchecked.length > 0 && !confirmed)) return lost(found);
  }
  // Who agreed to a second try has not been shown who else is there by now.
  if (!confirmed || earlier) {
    const old = confirmed ? undefined : unusualAge(patient.birthDate);
    const asksServer = capability?.operation('Patient', 'match') === true;
    const [issues, all] = await Promise.all([
      confirmed ? [] : validationIssues(tools.validate, patient, signal),
      findDuplicates(client, patient, asksServer, signal),
    ]);
    const found = confirmed ? unseen(all, seen) : all;
    const twin = found.unchecked.length > 0 || found.matches.length > 0;
    if (twin || issues.length > 0 || old !== undefined) {
      const title = twin ? 'duplicatesTitle' : issues.length > 0 ? 'objectsTitle' : 'confirmTitle';
      return question({ found, issues, old }, { title, confirm: 'createAnyway' });
    }
  }
  const conditional =
    session.server.requests.conditionalCreate && capability?.conditionalCreate('Patient') !== false;
  signal.throwIfAborted();
  sending();
  setPendingSave(draftKey, { patient, seen });
  const isMine = (): boolean => isPendingSave(draftKey, patient);
  const name = displayName(patient).text ?? t('nameNotKnown');
  const tell = (outcome: LeftNoticeProps['outcome']): void =>
    tools.toast(
      <LeftNotice {...{ name, id: undefined, outcome }} onClose={() => tools.toast(undefined)} />,
    );
  try {
    const saved = await tools.create({
      patient,
      ifNoneExist: conditional ? condition(patient) : undefined,
    });
    if (saved.existed) {
      if (isMine()) clearPendingSave(draftKey);
      if (signal.aborted) {
        tell('existed');
        return {};
      }
      const match = { patient: saved.resource, score: 1, reasons: ['identifier'] as const };
      return question({ found: { matches: [match], unchecked: [] } }, { title: 'existsTitle' });
    }
    const said = t('created', { name: displayName(saved.resource).text ?? name });
    const missing = notKept(patient, saved.resource);
    tools.announce(said);
    if (signal.aborted) {
      if (isMine()) savedDraft(draftKey);
      tell({ lost: missing });
      return {};
    }
    release();
    await navigate({ to: '/patients/$id', params: { id: saved.resource.id }, replace: true });
    const onClose = (): void => tools.toast(undefined);
    tools.toast(<SavedNotice {...{ said, lost: missing, onClose }} />);
    return {};
  } catch (failure) {
    // There is no record yet that somebody else could have changed (`isTaken`).
    const error = failure instanceof Conflict ? new Invalid(failure) : failure;
    if (error instanceof CreatedButUnknown && error.status === 201) {
      tools.announce(t('created', { name }));
      if (signal.aborted) {
        if (isMine()) savedDraft(draftKey);
        tell({ lost: [] });
        return {};
      }
      const { id } = error;
      if (id === undefined) {
        const sent: PendingSave = { patient, seen, created: true };
        setPendingSave(draftKey, sent);
        return await createdQuestion(sent, { client, signal, navigate });
      }
      release();
      tell({ lost: [] }); // the page that opens may have to say that it cannot be read (yet)
      await navigate({ to: '/patients/$id', params: { id }, replace: true });
      return {};
    }
    const unsure = isUnsure(error);
    if (!unsure && isMine()) {
      // That it was refused, or did not even leave, says nothing of one before it.
      if (earlier) setPendingSave(draftKey, { ...earlier, seen });
      else clearPendingSave(draftKey);
    }
    if (signal.aborted) {
      tell({ error: earlier && !unsure ? new AnswerLost('unknown', error) : error });
    }
    if (signal.aborted || !unsure) throw error;
    // Where the condition was met, it is a record that was there before.
    const met = conditional && error instanceof CreatedButUnknown && error.status === 200;
    return lost(await lookForCreated(client, patient, met ? [] : seen, signal));
  }
}
