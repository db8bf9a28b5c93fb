import type { QueryClient } from '@tanstack/react-query';
import type { useNavigate } from '@tanstack/react-router';
import type { Patient } from 'fhir/r4';
import type { ReactNode } from 'react';
import type { Fhir } from '#data/fhir-context.ts';
import { AnswerLost, lostBefore } from '#data/mutations-lost.ts';
import { putRead, type useUpdatePatient } from '#data/mutations.ts';
import { isOwn, isSame } from '#data/own-change.ts';
import { Conflict } from '#fhir/errors.ts';
import { differences } from '#fhir/changes/diff.ts';
import { notKept } from '#fhir/changes/not-kept.ts';
import { sameJson } from '#fhir/changes/json-equal.ts';
import { merge, mergePoints } from '#fhir/changes/merge.ts';
import { displayName } from '#fhir/patient/names.ts';
import type { Stored } from '#fhir/types.ts';
import { savedDraft } from './draft.ts';
import { isUnsure, LeftNotice, type LeftNoticeProps } from '../outcome/left-notice.tsx';
import { SavedNotice } from '../outcome/saved-notice.tsx';
import type { FormText } from '../messages.ts';
import { validationIssues } from '../validation/validation-issues.ts';
import type { Saving, SaveResult } from './save-types.ts';
import { BeforeSaveDialog, LostChangeDialog } from '../questions/before-save-dialog.tsx';
import { ConflictDialog, type Over, type Written } from '../questions/conflict-dialog.tsx';
import {
  clearPendingSave,
  isPendingSave,
  setPendingSave,
  getPendingSave,
  type PendingSave,
} from './pending-save.ts';
import { isChanged } from '../mapping/to-patient.ts';
import type { Validate } from '../validation/use-validate.ts';
import { unusualAge } from '../validation/unusual-age.ts';

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
        if (isPendingSave(draftKey, sent)) savedDraft(draftKey);
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
    const issues = await validationIssues(tools.validate, patient, signal, base);
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
  const send = async (
    resource: Stored<Patient>,
    over: Over,
    earlier: PendingSave | undefined,
  ): Promise<Stored<Patient>> => {
    signal.throwIfAborted();
    let sent = false;
    const onSend = (): void => {
      sent = true;
      sending();
      const typed = resource === patient ? {} : { mine: patient };
      setPendingSave(draftKey, { patient: resource, over: over.resource, ...typed });
    };
    const sentOver = earlier && isSame(earlier.patient, resource) ? earlier.over : undefined;
    const change = { resource, ifMatch: over.etag, sentOver, signal, sending: onSend };
    try {
      return (await tools.update(change)).resource;
    } catch (failure) {
      if (signal.aborted && !sent) throw failure; // called off: all is as it was before
      const error = lostBefore(earlier !== undefined, failure);
      if (!isUnsure(error) && isPendingSave(draftKey, resource, earlier?.patient)) {
        // That it was refused says nothing of one before it.
        if (earlier && !(error instanceof AnswerLost)) setPendingSave(draftKey, earlier);
        else clearPendingSave(draftKey);
      }
      if (signal.aborted) tell(resource, { error });
      throw error;
    } finally {
      answered();
    }
  };
  /**
   * Sends a version. Where what stands there instead of `over` is not somebody else's, but an earlier
   * try whose answer was lost, it goes on from that.
   */
  const write = async (resource: Stored<Patient>, over: Over): Promise<Written> => {
    const earlier = getPendingSave(draftKey);
    try {
      return { saved: await send(resource, over, earlier), sent: resource };
    } catch (error) {
      if (signal.aborted || !earlier || !(error instanceof Conflict)) throw error;
      const now = await fhir.client.read('Patient', base.id, { signal });
      const { resource: own, etag: ownEtag } = now;
      if (!ownEtag || !isOwn(own, earlier.patient, earlier.over)) throw error;
      putRead(cache, fhir, now);
      const before = (resource === patient && earlier.mine) || earlier.patient;
      const merged = goOn({ ...before, id: base.id }, resource, own);
      if (!merged) throw error;
      if (sameJson(merged, own)) return { saved: own, sent: own };
      const saved = await send(merged, { resource: own, etag: ownEtag }, earlier);
      return { saved, sent: merged };
    }
  };
  try {
    const { saved, sent } = await write(patient, { resource: base, etag });
    return await leave(saved, sent);
  } catch (error) {
    if (signal.aborted) throw error;
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
          write={async (merged, over) => {
            const written = await write(merged, over);
            if (signal.aborted) await leave(written.saved, written.sent);
            return written;
          }}
          onSaved={({ saved, sent }) => void leave(saved, sent)}
          onNothing={() => void leave()}
        />
      ),
    };
  }
}

/**
 * What was typed since an earlier try, on what the server made of that try.
 *
 * @param tried what was sent
 * @param now what became of it
 * @returns undefined where a person must choose
 */
function goOn(
  tried: Stored<Patient>,
  typed: Stored<Patient>,
  now: Stored<Patient>,
): Stored<Patient> | undefined {
  const points = mergePoints(tried, typed, now).filter(({ state }) => state === 'conflict');
  // What is typed over needs no asking where the server did no more than write it otherwise.
  const tidied = points.every((p) => {
    const [before, after] = [{ of: p.base }, { of: p.theirs }];
    return notKept(before, after).length === 0 && notKept(after, before).length === 0;
  });
  return tidied
    ? merge(tried, typed, now, new Map(points.map(({ path }) => [path, 'mine'])))
    : undefined;
}
