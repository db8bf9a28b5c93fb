import type { QueryClient } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import type { useUpdatePatient } from '#data/mutations.ts';
import { displayName } from '#fhir/patient/names.ts';
import type { Stored } from '#fhir/types.ts';
import type { FormText } from '../messages.ts';
import { LeftNotice, type LeftNoticeProps } from '../outcome/left-notice.tsx';
import type { SaveTools, Saving } from './save-types.ts';

export interface ChangeTools extends SaveTools {
  /** The version that the user edited. */
  readonly base: Stored<Patient>;
  readonly etag: string;
  readonly cache: QueryClient;
  readonly update: ReturnType<typeof useUpdatePatient>['mutateAsync'];
}

/** Data of one attempt to update a patient, passed to each of its steps. */
export interface ChangeAttempt {
  readonly saving: Saving;
  readonly tools: ChangeTools;
  /** The patient with the typed changes. */
  readonly patient: Stored<Patient>;
}

export const nameOf = (patient: Patient, t: FormText): string =>
  displayName(patient).text ?? t('nameNotKnown');

/** Shows the outcome of a save as a notice over the current page, after the user left the form. */
export function notifyOutcome(
  { tools }: ChangeAttempt,
  patient: Patient,
  outcome: LeftNoticeProps['outcome'],
): void {
  const name = nameOf(patient, tools.t);
  tools.toast(
    <LeftNotice {...{ name, id: tools.base.id, outcome }} onClose={() => tools.toast(undefined)} />,
  );
}
