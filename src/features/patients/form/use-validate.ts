import type { OperationOutcomeIssue, Patient } from 'fhir/r4';
import { useCapability } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { isAbort } from '#lib/app-error.ts';

/**
 * Asks the server what it thinks of a patient, where it declares `$validate`; undefined elsewhere.
 * A check that cannot be done is no reason not to save: then there are no issues.
 */
export function useValidate():
  | ((patient: Patient) => Promise<readonly OperationOutcomeIssue[]>)
  | undefined {
  const { client } = useFhir();
  const { capability } = useCapability();
  if (capability?.operation('Patient', 'validate') !== true) return undefined;
  return async (patient) => {
    try {
      return (await client.validate(patient)).issue;
    } catch (error) {
      if (isAbort(error)) throw error;
      return [];
    }
  };
}
