import { conceptTexts } from '#fhir/coding.ts';
import { referenceIn } from '#fhir/contained.ts';
import { list, record } from '#lib/narrow.ts';

/** Why something was done: `reasonCode`, and what `reasonReference` names in other records. */
export function reasonTexts(resource: unknown): readonly string[] {
  const r = record(resource);
  const named = list(r['reasonReference']).map((reference) => referenceIn(r, reference));
  return [...new Set([...conceptTexts(r['reasonCode']), ...named.filter((x) => x !== undefined)])];
}
