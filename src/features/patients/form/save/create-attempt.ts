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

/** Data of one attempt to create a patient, passed to each of its steps. */
export interface CreateAttempt {
  readonly saving: Saving;
  readonly tools: CreateTools;
  readonly patient: Patient;
  /** Display name of the new patient. */
  readonly name: string;
  /** An earlier create of this form whose response was lost. */
  readonly earlier: PendingSave | undefined;
  /** Ids of the records that the user reviewed and ruled out, now or before the earlier create. */
  readonly seen: readonly string[];
  /** Whether to create only if no record has the identifier (`If-None-Exist`). */
  readonly conditional: boolean;
}

/**
 * Begins to create the patient that the form built, or continues an earlier attempt of the same
 * draft whose response was lost. Sends nothing.
 */
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
 * Whether the pending save still belongs to this attempt. Check after each await, because the next
 * form with the same draft key may have sent another patient meanwhile.
 */
export const isMine = ({ saving, patient }: CreateAttempt): boolean =>
  isPendingSave(saving.draftKey, patient);
