import { referenceIn } from '#fhir/values/contained.ts';
import type { FhirResource } from '#fhir/types.ts';
import { say } from '#i18n/language.ts';
import { list, record, text } from '#lib/narrow.ts';
import { messages } from '../messages.ts';
import { conceptWords } from './cells.tsx';

/**
 * Returns the text of a concept or reference, "withheld" if it is withheld; undefined without any.
 */
const wordsOf = (element: unknown): string | undefined =>
  conceptWords(element, (id, values) => say(messages, id, values));

/**
 * Finds the loaded record for a reference: undefined for none, null for one that was refuted or
 * entered in error, whose name would look like a diagnosis.
 */
export type FindNamed = (reference: unknown) => FhirResource | null | undefined;

/**
 * Returns the text of a reference to another record: its display, else the name of the record if it
 * was loaded, else `other`. The reference itself, `Condition/17`, tells a clinician nothing.
 *
 * @param other text for a record without a known name
 */
export function namedIn(
  holder: unknown,
  reference: unknown,
  other: string,
  find: FindNamed = () => undefined,
): string | undefined {
  const words = referenceIn(holder, reference);
  const to = text(record(reference)['reference']);
  if (to === undefined) return words ?? wordsOf(record(reference));
  const found = find(reference);
  if (found === null) return other; // whatever the display says
  if (words !== undefined && words !== to) return words;
  return wordsOf(record(found)['code']) ?? other;
}

/** Returns the reasons of a record: `reasonCode`, and the records in `reasonReference`. */
export function reasonTexts(
  resource: unknown,
  ...named: readonly [other: string, find?: FindNamed]
): readonly string[] {
  const r = record(resource);
  const texts = [
    ...list(r['reasonCode']).map(wordsOf),
    ...list(r['reasonReference']).map((reference) => namedIn(r, reference, ...named)),
  ];
  return [...new Set(texts.filter((words) => words !== undefined))];
}
