import type { QueryClient } from '@tanstack/react-query';
import type { useNavigate } from '@tanstack/react-router';
import type { Patient } from 'fhir/r4';
import type { ReactNode } from 'react';
import type { Fhir } from '#data/fhir-context.ts';
import { AnswerLost, lostBefore } from '#data/mutations-lost.ts';
import { putRead, type useUpdatePatient } from '#data/mutations.ts';
import { Conflict } from '#fhir/errors.ts';
import { differences } from '#fhir/diff.ts';
import { notKept } from '#fhir/kept.ts';
import { sameJson } from '#fhir/json-equal.ts';
import { displayName } from '#fhir/names.ts';
import type { Stored } from '#fhir/types.ts';
import { savedDraft } from './draft.ts';
import { isUnsure, LeftNotice, type LeftNoticeProps } from './left/left-notice.tsx';
import { SavedNotice } from './left/saved-notice.tsx';
import type { FormText } from './messages.ts';
import { objections } from './objections.ts';
import type { Saving, SaveResult } from './patient-form.tsx';
import { BeforeSaveDialog, LostChangeDialog } from './questions/before-save-dialog.tsx';
import { ConflictDialog } from './questions/conflict-dialog.tsx';
import { forgetSent, markSent, readSent } from './sent.ts';
import { isChanged } from './to-patient.ts';
import type { Validate } from './use-validate.ts';
import { unusualAge } from './very-old.ts';

interface Tools {
  readonly base: Stored<Patient>;
  readonly etag: string;
  readonly fhir: Fhir;
  readonly cache: QueryClient;
  readonly update: ReturnType<typeof useUpdatePatient>['mutateAsync'];
  readonly validate: Validate | undefined;
  readonly navigate: ReturnType<typeof useNavigate>;
  readonly announce: (text: string) => void;
  readonly toast: (toast: ReactNode) => void;
  readonly t: FormText;
}

/**
 * Saves what was changed of a patient. Once the person has left the form nothing more is sent, and
 * nobody is led back to the patient: what became of it is said where they are.
 */
export async function saveChanges(saving: Saving, tools: Tools): Promise<SaveResult> {
  const { built, confirmed, signal, release, draftKey, sending, answered } = saving;
  const { base, etag, fhir, cache, t } = tools;

  const nameOf = (p: Patient): string => displayName(p).text ?? t('nameNotKnown');
  const tell = (p: Patient, outcome: LeftNoticeProps['outcome']): void =>
    tools.toast(
      <LeftNotice
        {...{ name: nameOf(p), id: base.id, outcome }}
        onClose={() => tools.toast(undefined)}
      />,
    );
  /** @param sent what became `saved` */
  const leave = async (saved?: Patient, sent = saved): Promise<SaveResult> => {
    if (saved) tools.announce(t('saved', { name: nameOf(saved) }));
    const lost = saved && sent ? notKept(sent, saved) : [];
    if (signal.aborted) {
      if (saved) {
        savedDraft(draftKey);
        tell(saved, { lost });
      }
      return {};
    }
    release();
    await tools.navigate({ to: '/patients/$id', params: { id: base.id } });
    if (saved) {
      const paths = differences(base, saved).map(({ path }) => path.split('.')[0] ?? '');
      const changed = [...new Set(paths)].filter((element) => element !== 'meta');
      const onClose = (): void => tools.toast(undefined);
      tools.toast(
        <SavedNotice {...{ said: t('saved', { name: nameOf(saved) }), changed, lost, onClose }} />,
      );
    }
    return {};
  };

  if (!isChanged(base, built)) return leave();
  const patient = { ...built.patient, id: base.id };
  if (!confirmed) {
    const old = patient.birthDate === base.birthDate ? undefined : unusualAge(patient.birthDate);
    const issues = await objections(tools.validate, patient, signal, base);
    if (old !== undefined || issues.length > 0) {
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
  }
  const earlier = readSent(draftKey);
  const write = async (resource: Stored<Patient>, ifMatch: string): Promise<Stored<Patient>> => {
    signal.throwIfAborted();
    const open = readSent(draftKey) !== undefined;
    let sent = false;
    const onSend = (): void => {
      sent = true;
      sending();
      markSent(draftKey, { patient: resource, ...(resource !== patient && { mine: patient }) });
    };
    try {
      return (await tools.update({ resource, ifMatch, signal, sending: onSend })).resource;
    } catch (failure) {
      if (signal.aborted && !sent) throw failure; // called off: all is as it was before
      const error = lostBefore(open, failure);
      if (!isUnsure(error)) forgetSent(draftKey);
      if (signal.aborted) tell(resource, { error });
      throw error;
    } finally {
      answered();
    }
  };
  try {
    return await leave(await write(patient, etag), patient);
  } catch (error) {
    if (signal.aborted) throw error;
    if (error instanceof AnswerLost) {
      return { ask: (asked) => <LostChangeDialog {...{ asked, error }} /> };
    }
    if (!(error instanceof Conflict)) throw error;
    const theirs = await fhir.client.read('Patient', base.id, { signal });
    putRead(cache, fhir, theirs);
    if (
      earlier?.mine &&
      isSame(earlier.mine, patient) &&
      isSame(earlier.patient, theirs.resource)
    ) {
      return leave(theirs.resource); // not theirs, but what was settled before the answer was lost
    }
    return {
      ask: (asked) => (
        <ConflictDialog
          {...{ asked, base, theirs }}
          mine={patient}
          write={async (merged, ifMatch) => {
            const saved = await write(merged, ifMatch);
            if (signal.aborted) await leave(saved, merged);
            return saved;
          }}
          onSaved={(saved, sent) => void leave(saved, sent)}
        />
      ),
    };
  }
}

/** Whether two versions say the same, but for what the server itself puts in. */
const isSame = (a: Patient, b: Patient): boolean => {
  const [mine, theirs] = [a, b].map((p) => ({ ...p, meta: undefined, text: undefined }));
  return sameJson(mine, theirs);
};
