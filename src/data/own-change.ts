import type { Patient } from 'fhir/r4';
import { sameJson } from '#fhir/changes/json-equal.ts';
import { notKept } from '#fhir/changes/not-kept.ts';

/** A version without what the server itself puts in. */
const content = (patient: Patient): unknown => ({ ...patient, meta: undefined, text: undefined });

/** Whether two versions say the same, but for what the server itself puts in. */
export const isSame = (a: Patient, b: Patient): boolean => sameJson(content(a), content(b));

const withoutExtensions = (patient: Patient): Patient =>
  JSON.parse(JSON.stringify(patient, (key, v: unknown) => (key === 'extension' ? undefined : v)));

/**
 * Whether what stands on the server is one's own change, with no more than extensions that the
 * server adds and what it writes otherwise (`kept.ts`). Of a change that only takes away, what stands
 * there tells nothing.
 *
 * @param base what the change was made of; undefined where only what says the very same is one's own
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
