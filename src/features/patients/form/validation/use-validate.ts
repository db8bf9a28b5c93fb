import type { OperationOutcomeIssue, Patient } from 'fhir/r4';
import { useCapability } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';

/** Validates a patient on the server (`$validate`). Throws if the request fails. */
export type Validate = (
  patient: Patient,
  signal: AbortSignal,
) => Promise<readonly OperationOutcomeIssue[]>;

/** Returns a {@link Validate} function if the server declares `$validate`, else undefined. */
export function useValidate(): Validate | undefined {
  const { client } = useFhir();
  const { capability } = useCapability();
  if (capability?.operation('Patient', 'validate') !== true) return undefined;
  return async (patient, signal) => (await client.validate(patient, { signal })).issue;
}
