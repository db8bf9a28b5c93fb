import { referenceIn } from '#fhir/values/contained.ts';
import type { FhirResource } from '#fhir/types.ts';
import { say } from '#i18n/language.ts';
import { list, record, text } from '#lib/narrow.ts';
import { messages } from '../messages.ts';
import { conceptWords } from './cells.tsx';

/** Returns a concept, or whatever else may be withheld, in words; undefined if it says nothing. */
const wordsOf = (element: unknown): string | undefined =>
  conceptWords(element, (id, values) => say(messages, id, values));

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
  const to = text(record(reference)['reference']);
  if (to === undefined) return words ?? wordsOf(record(reference));
  if (words !== undefined && words !== to) return words;
  return wordsOf(record(find(reference))['code']) ?? other;
}

/** Why something was done: `reasonCode`, and what `reasonReference` names in other records. */
export function reasonTexts(
  resource: unknown,
  ...named: readonly [other: string, find?: (reference: unknown) => FhirResource | undefined]
): readonly string[] {
  const r = record(resource);
  const texts = [
    ...list(r['reasonCode']).map(wordsOf),
    ...list(r['reasonReference']).map((reference) => namedIn(r, reference, ...named)),
  ];
  return [...new Set(texts.filter((words) => words !== undefined))];
}
