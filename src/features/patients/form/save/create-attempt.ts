import type { Patient } from 'fhir/r4';
import type { useCreatePatient } from '#data/mutations.ts';
import type { Capability } from '#fhir/permissions/capability.ts';
import { displayName } from '#fhir/patient/names.ts';
import { getPendingSave, isPendingSave, type PendingSave } from './pending-save.ts';
import type { SaveTools, Saving } from './save-types.ts';

export interface CreateTools extends SaveTools {
  readonly capability: Capability | undefined;
  readonly create: ReturnType<typeof useCreatePatient>['mutateAsync'];
}

/** One attempt to create a patient, as the steps of it are given it. */
export interface CreateAttempt {
  readonly saving: Saving;
  readonly tools: CreateTools;
  readonly patient: Patient;
  /** For display, as typed. */
  readonly name: string;
  /** An earlier create of this form whose answer was lost. */
  readonly earlier: PendingSave | undefined;
  /** Ids of the records that the user reviewed and ruled out, now or before the earlier create. */
  readonly seen: readonly string[];
  /** Whether the server creates only where no record has the identifier (`If-None-Exist`). */
  readonly conditional: boolean;
}

export function startCreate(saving: Saving, tools: CreateTools): CreateAttempt {
  const { patient } = saving.built;
  const { capability, fhir, t } = tools;
  const earlier = getPendingSave(saving.draftKey);
  return {
    saving,
    tools,
    patient,
    name: displayName(patient).text ?? t('nameNotKnown'),
    earlier,
    seen: [...(earlier?.seen ?? []), ...saving.seen],
    conditional:
      fhir.session.server.requests.conditionalCreate &&
      capability?.conditionalCreate('Patient') !== false,
  };
}

/**
 * Whether the pending save is still the one of this attempt. Ask after each await: the next form of
 * the same key may have sent something else meanwhile.
 */
export const isMine = ({ saving, patient }: CreateAttempt): boolean =>
  isPendingSave(saving.draftKey, patient);
