import type { Patient } from 'fhir/r4';
import { sameJson } from '#fhir/changes/json-equal.ts';
import { notKept } from '#fhir/changes/not-kept.ts';

/** Returns a patient without the elements that the server sets itself. */
const content = (patient: Patient): unknown => ({ ...patient, meta: undefined, text: undefined });

/** Whether two versions are equal, apart from the elements that the server sets itself. */
export const isSame = (a: Patient, b: Patient): boolean => sameJson(content(a), content(b));

const withoutExtensions = (patient: Patient): Patient =>
  JSON.parse(JSON.stringify(patient, (key, v: unknown) => (key === 'extension' ? undefined : v)));

/**
 * Whether the server's version is our own change, apart from extensions that the server added and
 * values that it normalized (`not-kept.ts`). A change that only removes something is recognised
 * only if the versions are equal.
 *
 * @param base the version that was changed; undefined if only an equal version counts as our own
 */
export function isOwn(now: Patient, sent: Patient, base: Patient | undefined): boolean {
  if (isSame(now, sent)) return true;
  const holdsAll = (holder: Patient, of: Patient): boolean => notKept(of, holder).length === 0;
  return (
    base !== undefined &&
    !holdsAll(base, sent) &&
    holdsAll(now, sent) &&
    holdsAll(sent, withoutExtensions(now))
  );
}
