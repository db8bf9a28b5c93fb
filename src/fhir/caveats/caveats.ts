import { list, record, records } from '#lib/narrow.ts';
import { somePart } from './some-part.ts';
import { hasCode } from '../values/coding.ts';
import { isModified } from './modifiers.ts';
import { isRestricted } from './security-label.ts';

/**
 * What must be known about a record besides its data: a modifier may change its meaning, access to
 * it is restricted, parts of it were withheld, or its narrative has more than the data.
 */
export type Caveat = 'modified' | 'restricted' | 'withheld' | 'narrative';

/**
 * Security label on a part of a record (HL7 FHIR DS4P): https://hl7.org/fhir/uv/security-label-ds4p
 */
const INLINE_LABEL =
  'http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label';

/** Whether the server says that it left out or masked parts of a record (v3-ObservationValue). */
export const isWithheld = (resource: unknown): boolean => {
  const labels = { coding: records(record(record(resource)['meta'])['security']) };
  return hasCode(labels, 'REDACTED') || hasCode(labels, 'MASKED');
};

/** Whether the narrative has more than the data (R4 narrative-status `additional`). */
const saysMore = (resource: unknown): boolean =>
  record(record(resource)['text'])['status'] === 'additional';

/** Whether a security label on a part of a record, or inside that part, restricts access to it. */
export const isPartRestricted = (part: unknown): boolean =>
  somePart(
    part,
    ({ url, valueCoding }) => url === INLINE_LABEL && isRestricted(valueCoding),
    false,
  );

function restricted(resource: unknown): boolean {
  const r = record(resource);
  const labels = [
    ...records(record(r['meta'])['security']),
    // `DocumentReference.securityLabel` holds the labels of the document itself.
    ...list(r['securityLabel']).flatMap((concept) => records(record(concept)['coding'])),
  ];
  return isRestricted(labels) || isPartRestricted(r);
}

/** Returns the caveats of a resource, most serious first. */
export function caveats(resource: unknown): readonly Caveat[] {
  const found: Readonly<Record<Caveat, boolean>> = {
    modified: isModified(resource),
    withheld: isWithheld(resource),
    narrative: saysMore(resource),
    restricted: restricted(resource),
  };
  return (Object.keys(found) as Caveat[]).filter((caveat) => found[caveat]);
}

/** Whether the user should be referred to the raw JSON of a record for its meaning. */
export const pointsToRawJson = (resource: unknown): boolean =>
  isModified(resource) || saysMore(resource);
