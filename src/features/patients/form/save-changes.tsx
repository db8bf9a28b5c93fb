import type { QueryClient } from '@tanstack/react-query';
import type { useNavigate } from '@tanstack/react-router';
import type { Patient } from 'fhir/r4';
import type { Fhir } from '#data/fhir-context.ts';
import { AnswerLost } from '#data/mutations-lost.ts';
import { putRead, type useUpdatePatient } from '#data/mutations.ts';
import { Conflict } from '#fhir/errors.ts';
import { displayName } from '#fhir/names.ts';
import type { Stored } from '#fhir/types.ts';
import { BeforeSaveDialog, LostChangeDialog } from './before-save-dialog.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import type { FormText } from './messages.ts';
import { objections } from './objections.ts';
import type { Saving, SaveResult } from './patient-form.tsx';
import { forgetSent, markSent } from './sent.ts';
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
  readonly t: FormText;
}

/**
 * Saves what was changed of a patient. Once the person has left the form nothing more is sent, and
 * nobody is led back to the patient.
 */
export async function saveChanges(saving: Saving, tools: Tools): Promise<SaveResult> {
  const { built, confirmed, signal, release, draftKey, sending } = saving;
  const { base, etag, fhir, cache, t } = tools;

  const nameOf = (p: Patient): string => displayName(p).text ?? t('nameNotKnown');
  const leave = async (saved?: Patient): Promise<SaveResult> => {
    if (saved) tools.announce(t('saved', { name: nameOf(saved) }));
    if (signal.aborted) return {};
    release();
    await tools.navigate({ to: '/patients/$id', params: { id: base.id } });
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
            title={t(issues.length > 0 ? 'objectsTitle' : 'confirmTitle')}
            confirm={t('saveAnyway')}
          />
        ),
      };
    }
  }
  signal.throwIfAborted();
  sending();
  markSent(draftKey, { patient, at: Date.now() });
  try {
    return await leave((await tools.update({ resource: patient, ifMatch: etag })).resource);
  } catch (error) {
    if (signal.aborted) {
      tools.announce(t('leftUnsure', { name: nameOf(patient) }));
      throw error;
    }
    if (!(error instanceof AnswerLost && error.state === 'unknown')) forgetSent(draftKey);
    if (error instanceof AnswerLost) {
      return { ask: (asked) => <LostChangeDialog {...{ asked, error }} /> };
    }
    if (!(error instanceof Conflict)) throw error;
    const theirs = await fhir.client.read('Patient', base.id, { signal });
    putRead(cache, fhir, theirs);
    return {
      ask: (asked) => (
        <ConflictDialog
          {...{ asked, base, theirs }}
          mine={patient}
          onSaved={(saved) => void leave(saved)}
        />
      ),
    };
  }
}
