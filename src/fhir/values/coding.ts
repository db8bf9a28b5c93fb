import { list, record, records, text } from '#lib/narrow.ts';

/** Returns the text of a Coding: its display, else its code. */
export function codingText(coding: unknown): string | undefined {
  const c = record(coding);
  return text(c['display']) ?? text(c['code']);
}

/**
 * Returns the text of a CodeableConcept: its `text`, else the display of the `userSelected` coding,
 * else the first display, else the first code.
 */
export function conceptText(concept: unknown): string | undefined {
  if (typeof concept === 'string') return text(concept);
  const c = record(concept);
  const codings = records(c['coding']);
  return (
    text(c['text']) ??
    text(codings.find((x) => x['userSelected'] === true)?.['display']) ??
    codings.map((x) => text(x['display'])).find((t) => t !== undefined) ??
    codings.map((x) => text(x['code'])).find((t) => t !== undefined)
  );
}

/** Returns the texts of a list of CodeableConcepts, without repeats. */
export function conceptTexts(concepts: unknown): readonly string[] {
  return [
    ...new Set(
      list(concepts)
        .map(conceptText)
        .filter((t) => t !== undefined),
    ),
  ];
}

/** Returns the code of a concept in one code system, or its first code if no system is given. */
export function codeOf(concept: unknown, system?: string): string | undefined {
  const coding = records(record(concept)['coding']).find(
    (c) => text(c['code']) !== undefined && (system === undefined || c['system'] === system),
  );
  return text(coding?.['code']);
}

/** Whether a concept, or any of a list of concepts, has a code (of a system, if given). */
export function hasCode(concepts: unknown, code: string, system?: string): boolean {
  return list(concepts).some((concept) =>
    records(record(concept)['coding']).some(
      (c) => c['code'] === code && (system === undefined || c['system'] === system),
    ),
  );
}
