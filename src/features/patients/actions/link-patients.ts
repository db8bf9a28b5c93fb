import type { Patient, PatientLink } from 'fhir/r4';
import { isGenerated } from '#fhir/changes/narrative.ts';
import { localReference } from '#fhir/reference.ts';
import type { HistoryEntry, Stored } from '#fhir/types.ts';
import type { Both, Pair, PairChange } from './write-pair.ts';

/**
 * Whether a link has this type and points to `other`.
 *
 * @param other id of a patient; undefined for any that is not on this server
 */
const isLink = (
  link: PatientLink,
  type: PatientLink['type'],
  other: string | undefined,
  baseUrl: string,
): boolean => link.type === type && localReference(link.other, baseUrl)?.id === other;

/** Whether a record has a link of this type to `other`, which is undefined as in {@link isLink}. */
export const hasLink = (
  patient: Patient,
  type: PatientLink['type'],
  other: string | undefined,
  baseUrl: string,
): boolean => (patient.link ?? []).some((link) => isLink(link, type, other, baseUrl));

/** Returns the record with these links. A generated narrative is dropped as out of date. */
function withLinks(patient: Stored<Patient>, links: readonly PatientLink[]): Stored<Patient> {
  const { text, link: _, ...rest } = patient;
  return {
    ...rest,
    ...(!isGenerated(text) && text && { text }),
    ...(links.length > 0 && { link: [...links] }),
  };
}

/** Returns the record with a link added, or the record itself if it already has that link. */
function withLink(
  patient: Stored<Patient>,
  type: PatientLink['type'],
  other: string,
  baseUrl: string,
): Stored<Patient> {
  if (hasLink(patient, type, other, baseUrl)) return patient;
  const added = { other: { reference: `Patient/${other}` }, type };
  return withLinks(patient, [...(patient.link ?? []), added]);
}

/** Returns the record without a link, or the record itself if it has no such link. */
function withoutLink(
  patient: Stored<Patient>,
  type: PatientLink['type'],
  other: string,
  baseUrl: string,
): Stored<Patient> {
  if (!hasLink(patient, type, other, baseUrl)) return patient;
  const kept = patient.link?.filter((link) => !isLink(link, type, other, baseUrl));
  return withLinks(patient, kept ?? []);
}

/**
 * Returns the change that links two records: `replaces` on the target, `replaced-by` on the source,
 * which also becomes inactive. https://hl7.org/fhir/R4/valueset-link-type.html
 *
 * The target is written first: if the second step fails, the source is not marked as replaced, and
 * both records can still be used.
 */
export function linking(pair: Pair, baseUrl: string): PairChange {
  const [source, target] = [pair.source.resource, pair.target.resource];
  const marked = withLink(source, 'replaced-by', target.id, baseUrl);
  return {
    before: pair,
    after: {
      source: { ...marked, active: false },
      target: withLink(target, 'replaces', source.id, baseUrl),
    },
    isDone: (now: Both) =>
      hasLink(now.source, 'replaced-by', target.id, baseUrl) &&
      hasLink(now.target, 'replaces', source.id, baseUrl),
  };
}

/**
 * Returns the source without its `replaced-by` link to the target.
 *
 * @param targetId id of the target; undefined if the target is not on this server
 * @param active `Patient.active` of the source before it was linked
 */
export function unmarked(
  source: Stored<Patient>,
  targetId: string | undefined,
  active: boolean | undefined,
  baseUrl: string,
): Stored<Patient> {
  const kept = (source.link ?? []).filter(
    (link) => !isLink(link, 'replaced-by', targetId, baseUrl),
  );
  const { active: _, ...rest } = withLinks(source, kept);
  // The source stays inactive while another record still replaces it.
  if (kept.some(({ type }) => type === 'replaced-by')) return { ...rest, active: false };
  return { ...rest, ...(active !== undefined && { active }) };
}

/**
 * Returns `Patient.active` of the last version before the link; undefined if no such version is
 * known.
 *
 * @param versions the history, newest first
 */
export function activeBefore(
  versions: readonly HistoryEntry<Patient>[],
): { readonly active: boolean | undefined } | undefined {
  const before = versions.find(
    ({ resource }) => resource && !resource.link?.some(({ type }) => type === 'replaced-by'),
  );
  return before?.resource && { active: before.resource.active };
}

/**
 * Returns the change that undoes {@link linking}. If the second of two writes fails, the source
 * still points to the target, so that any user who opens it can try again.
 *
 * @param active `Patient.active` of the source before it was linked
 */
export function unlinking(pair: Pair, active: boolean | undefined, baseUrl: string): PairChange {
  const [source, target] = [pair.source.resource, pair.target.resource];
  return {
    before: pair,
    after: {
      source: unmarked(source, target.id, active, baseUrl),
      target: withoutLink(target, 'replaces', source.id, baseUrl),
    },
    isDone: (now: Both) =>
      !hasLink(now.source, 'replaced-by', target.id, baseUrl) &&
      !hasLink(now.target, 'replaces', source.id, baseUrl),
  };
}
