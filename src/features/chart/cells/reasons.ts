import { codedText, codedTexts } from '#fhir/coded/coded-text.ts';
import { referenceIn } from '#fhir/values/contained.ts';
import type { FhirResource } from '#fhir/types.ts';
import { list, record, text } from '#lib/narrow.ts';

/**
 * What to show for a reference to another record: its name, else the name of the record where it is
 * at hand, else that it is one. Where it points, `Condition/17`, tells a clinician nothing.
 *
 * @param other words for a record whose name nobody said
 */
export function namedIn(
  holder: unknown,
  reference: unknown,
  other: string,
  find: (reference: unknown) => FhirResource | undefined = () => undefined,
): string | undefined {
  const words = referenceIn(holder, reference);
  if (words === undefined || words !== text(record(reference)['reference'])) return words;
  return codedText(record(find(reference))['code']) ?? other;
}

/** Why something was done: `reasonCode`, and what `reasonReference` names in other records. */
export function reasonTexts(
  resource: unknown,
  ...named: readonly [other: string, find?: (reference: unknown) => FhirResource | undefined]
): readonly string[] {
  const r = record(resource);
  const others = list(r['reasonReference']).map((reference) => namedIn(r, reference, ...named));
  return [...new Set([...codedTexts(r['reasonCode']), ...others.filter((x) => x !== undefined)])];
}
