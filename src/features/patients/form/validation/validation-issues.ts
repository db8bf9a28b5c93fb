import type { OperationOutcomeIssue, Patient } from 'fhir/r4';
import { issueText } from '#fhir/outcome.ts';
import type { Validate } from './use-validate.ts';

/** A server that has its validator still to load takes tens of seconds: a save does not wait for it. */
const PATIENCE = 8000;

const isError = ({ severity }: OperationOutcomeIssue): boolean =>
  severity === 'error' || severity === 'fatal';

/** What an issue says, and of what. HAPI puts line and column into `location`, after the path. */
const key = (issue: OperationOutcomeIssue): string =>
  JSON.stringify([issue.code, (issue.expression ?? issue.location)?.[0], issueText(issue)]);

/**
 * What a server has against saving a patient. `$validate` is advice (R4, Resource operation
 * validate: whether a resource "would be acceptable"): HAPI, for one, reports a profile that it does
 * not know as an error, and takes the record. So nobody is kept from saving by it, neither by an
 * error nor by a check that could not be done: then there are none.
 *
 * @param signal aborted when the person leaves; then this rejects
 * @param base the record as it was: what was wrong with it already is no reason to stop another change
 * @param patience milliseconds for all of it
 */
export async function validationIssues(
  validate: Validate | undefined,
  patient: Patient,
  signal: AbortSignal,
  base?: Patient,
  patience = PATIENCE,
): Promise<readonly OperationOutcomeIssue[]> {
  if (!validate) return [];
  const limited = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
  const errors = async (of: Patient): Promise<readonly OperationOutcomeIssue[]> => {
    try {
      return (await validate(of, limited)).filter(isError);
    } catch {
      signal.throwIfAborted();
      return [];
    }
  };
  const now = await errors(patient);
  if (!base || now.length === 0) return now;
  const before = new Set((await errors(base)).map(key));
  return now.filter((issue) => !before.has(key(issue)));
}
