import { hasStatus } from '#fhir/values/coded-status.ts';
import { icdQualifiers } from '#fhir/values/icd-10-gm.ts';
import { record } from '#lib/narrow.ts';
import { conceptCode, isWithdrawn } from '../cells/cells.tsx';

/** Statuses of current records; `on-hold` counts as current, because an order may be resumed. */
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

/** Whether a condition was refuted, or was entered in error. */
export const isRuledOut = (resource: unknown): boolean => {
  const { verificationStatus, code } = record(resource);
  return (
    hasStatus(verificationStatus, 'refuted') ||
    icdQualifiers(code).certainty === 'A' ||
    isWithdrawn(resource)
  );
};

/** Returns null for a record that is {@link isRuledOut}, any other as it is. */
export const unlessRuledOut = <R>(resource: R): R | null =>
  isRuledOut(resource) ? null : resource;

/** Returns the rank of a record, lowest first. A record without a status may be current. */
function place(resource: unknown): number {
  if (isRuledOut(resource)) return 3;
  const { status, clinicalStatus } = record(resource);
  const holds = conceptCode(clinicalStatus) ?? status;
  return CURRENT.has(holds) ? 0 : OVER.has(holds) ? 2 : 1;
}

/**
 * Options of a panel whose records end: current ones come first, within each group in the server's
 * order. No server can sort so, and a search for active records leaves out those without a status,
 * so a page is large enough for most charts.
 */
export const currentFirst = {
  count: 100,
  order: (a: unknown, b: unknown): number => place(a) - place(b),
  current: (resource: unknown): boolean => place(resource) === 0,
} as const;
