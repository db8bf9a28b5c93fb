import type { OperationOutcomeIssue, Patient } from 'fhir/r4';
import { issueText } from '#fhir/outcome.ts';
import type { Validate } from './use-validate.ts';

/** Time limit in milliseconds: a save does not wait tens of seconds while a validator loads. */
const TIMEOUT_MS = 8000;

const isError = ({ severity }: OperationOutcomeIssue): boolean =>
  severity === 'error' || severity === 'fatal';

/** Returns code, path and text of an issue. HAPI appends line and column to `location`. */
const key = (issue: OperationOutcomeIssue): string =>
  JSON.stringify([issue.code, (issue.expression ?? issue.location)?.[0], issueText(issue)]);

/**
 * Returns the errors from `$validate`, which never block a save. They are advice (R4, Resource
 * operation validate: whether a resource "would be acceptable"): HAPI, for one, reports an unknown
 * profile as an error and still accepts the record. If the check fails, there are no issues.
 *
 * @param signal aborted when the user leaves the form; then this rejects
 * @param base the record before the change, whose issues are left out
 * @param timeout time limit in milliseconds for both checks together
 */
export async function validationIssues(
  validate: Validate | undefined,
  patient: Patient,
  signal: AbortSignal,
  base?: Patient,
  timeout = TIMEOUT_MS,
): Promise<readonly OperationOutcomeIssue[]> {
  if (!validate) return [];
  const limited = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
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
