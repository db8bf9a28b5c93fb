import type { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Fhir } from '#data/fhir-context.ts';
import type { useCreatePatient } from '#data/mutations.ts';
import type { Capability } from '#fhir/capability.ts';
import { CreatedButUnknown } from '#fhir/errors.ts';
import { displayName } from '#fhir/names.ts';
import { BeforeSaveDialog, LostAnswerDialog, type Doubts } from './before-save-dialog.tsx';
import { createdQuestion } from './created/created-question.tsx';
import { lookForCreated } from './find-created.ts';
import { condition, findDuplicates, type Found } from './find-duplicates.ts';
import { savedDraft } from './draft.ts';
import { OpenedInstead } from './instead/opened-instead.tsx';
import { isUnsure, LeftNotice, type LeftNoticeProps } from './left/left-notice.tsx';
import { SavedNotice } from './left/saved-notice.tsx';
import type { FormText } from './messages.ts';
import { objections } from './objections.ts';
import type { Saving, SaveResult } from './patient-form.tsx';
import { forgetSent, markSent, readSent, type Sent } from './sent.ts';
import type { Validate } from './use-validate.ts';
import { unusualAge } from './very-old.ts';

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
  const question = (doubts: Doubts, title: string, confirm?: string): SaveResult => ({
    issues: doubts.issues,
    ask: (asked) => (
      <BeforeSaveDialog
        {...{ asked, patient, title, confirm }}
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
        onAnyway={() => {
          forgetSent(draftKey); // seen, and said to be somebody else
          asked.again();
        }}
        onOpen={(id) => {
          asked.release(); // what was typed is the record that opens
          void navigate({ to: '/patients/$id', params: { id }, replace: true });
        }}
      />
    ),
  });
  const earlier = readSent(draftKey);
  if (earlier?.created) return createdQuestion(earlier, { client, signal, navigate });
  if (earlier) {
    const found = await lookForCreated(client, earlier.patient, earlier.at, signal);
    if (found.matches.length > 0 || (found.failed && !confirmed)) return lost(found);
  }
  if (!confirmed) {
    const old = unusualAge(patient.birthDate);
    const matches = capability?.operation('Patient', 'match') === true;
    const [issues, found] = await Promise.all([
      objections(tools.validate, patient, signal),
      findDuplicates(client, patient, matches, signal),
    ]);
    const twin = found.failed || found.matches.length > 0;
    if (twin || issues.length > 0 || old !== undefined) {
      const title = twin ? 'duplicatesTitle' : issues.length > 0 ? 'objectsTitle' : 'confirmTitle';
      return question({ found, issues, old }, t(title), t('createAnyway'));
    }
  }
  const conditional =
    session.server.requests.conditionalCreate && capability?.conditionalCreate('Patient') !== false;
  const since = earlier?.at ?? Date.now();
  signal.throwIfAborted();
  sending();
  markSent(draftKey, { patient, at: since });
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
      forgetSent(draftKey);
      if (signal.aborted) {
        tell('existed');
        return {};
      }
      const match = { patient: saved.resource, score: 1, reasons: ['identifier'] as const };
      return question({ found: { matches: [match], failed: false } }, t('existsTitle'));
    }
    const said = t('created', { name: displayName(saved.resource).text ?? name });
    tools.announce(said);
    if (signal.aborted) {
      savedDraft(draftKey);
      tell('saved');
      return {};
    }
    release();
    await navigate({ to: '/patients/$id', params: { id: saved.resource.id }, replace: true });
    tools.toast(<SavedNotice {...{ said, onClose: () => tools.toast(undefined) }} />);
    return {};
  } catch (error) {
    if (error instanceof CreatedButUnknown && error.status === 201) {
      tools.announce(t('created', { name }));
      if (signal.aborted) {
        savedDraft(draftKey);
        tell('saved');
        return {};
      }
      const { id } = error;
      if (id === undefined) {
        const sent: Sent = { patient, at: since, created: true };
        markSent(draftKey, sent);
        return await createdQuestion(sent, { client, signal, navigate });
      }
      release();
      tell('saved'); // the page that opens may have to say that it cannot be read (yet)
      await navigate({ to: '/patients/$id', params: { id }, replace: true });
      return {};
    }
    if (!isUnsure(error)) forgetSent(draftKey);
    if (signal.aborted) tell({ error });
    if (signal.aborted || !isUnsure(error)) throw error;
    // Where the condition was met, the record may be as old as it likes.
    const met = conditional && error instanceof CreatedButUnknown && error.status === 200;
    return lost(await lookForCreated(client, patient, met ? 0 : since, signal));
  }
}
