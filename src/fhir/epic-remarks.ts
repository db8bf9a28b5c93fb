import type { OperationOutcomeIssue } from 'fhir/r4';

/** Matches the system of Epic's error codes, which contains a number of the installation. */
const EPIC = /^urn:oid:1\.2\.840\.114350\..*\.657369$/;

const says = ({ severity, details }: OperationOutcomeIssue, remark: string): boolean =>
  severity === 'warning' &&
  (details?.coding ?? []).some(({ system, code }) => code === remark && EPIC.test(system ?? ''));

/**
 * Whether an issue is Epic's warning 4101, "Resource request returns no results". Epic sends it
 * with every empty result: "a request for data that was otherwise valid but no information was
 * documented".
 */
export const isNoResults = (issue: OperationOutcomeIssue): boolean => says(issue, '4101');

/**
 * Whether an issue is Epic's warning 4119, "This response includes information available to the
 * authorized user at the time of the request. It may not contain the entire record available in the
 * system". Epic sends it with responses of every kind, whether anything is missing or not.
 */
export const isPerhapsMore = (issue: OperationOutcomeIssue): boolean => says(issue, '4119');
