import { hasCode } from '#fhir/values/coding.ts';
import { icdQualifiers } from '#fhir/values/icd-10-gm.ts';
import { record } from '#lib/narrow.ts';
import { conceptCode, isWithdrawn } from '../cells/cells.tsx';

/** What holds now. What is on hold is resumed unless somebody thinks of it. */
const CURRENT = new Set<unknown>(['active', 'recurrence', 'relapse', 'on-hold']);

const OVER = new Set<unknown>([
  'inactive',
  'remission',
  'resolved',
  'completed',
  'stopped',
  'cancelled',
  'not-taken',
]);

/** Whether a condition was looked into and is not there, or was never meant to be recorded. */
export const isRuledOut = (resource: unknown): boolean => {
  const { verificationStatus, code } = record(resource);
  return (
    hasCode(verificationStatus, 'refuted') ||
    icdQualifiers(code).certainty === 'A' ||
    isWithdrawn(resource)
  );
};

/** Where a record stands in a list: the lower the higher up. What has no status may hold. */
function place(resource: unknown): number {
  if (isRuledOut(resource)) return 3;
  const { status, clinicalStatus } = record(resource);
  const holds = conceptCode(clinicalStatus) ?? status;
  return CURRENT.has(holds) ? 0 : OVER.has(holds) ? 2 : 1;
}

/**
 * Of a panel whose records end: what holds now comes first, as the server sorted it within. No
 * server sorts so, and one that is asked for active ones only leaves out what has no status; so
 * many are read at once that few charts have more.
 */
export const currentFirst = {
  count: 100,
  order: (a: unknown, b: unknown): number => place(a) - place(b),
  current: (resource: unknown): boolean => place(resource) === 0,
} as const;
