import type { OperationOutcomeIssue, Patient } from 'fhir/r4';
import { issueText } from '#fhir/outcome.ts';
import type { Validate } from './use-validate.ts';

/** A server that must load its validator takes tens of seconds: a save does not wait that long. */
const TIMEOUT_MS = 8000;

const isError = ({ severity }: OperationOutcomeIssue): boolean =>
  severity === 'error' || severity === 'fatal';

/** Text and path of an issue. HAPI puts line and column into `location`, after the path. */
const key = (issue: OperationOutcomeIssue): string =>
  JSON.stringify([issue.code, (issue.expression ?? issue.location)?.[0], issueText(issue)]);

/**
 * Issues from `$validate`; never blocks a save. They are advice (R4, Resource operation validate:
 * whether a resource "would be acceptable"): HAPI, for one, reports an unknown profile as an error,
 * and accepts the record. If the check fails, there are no issues.
 *
 * @param signal aborted when the user leaves; then this rejects
 * @param base the record before the change: issues that it had already are left out
 * @param timeout milliseconds in total
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
