import { list, record, records, text } from '#lib/narrow.ts';

/**
 * The standard categories of Observations.
 *
 * @see https://hl7.org/fhir/R4/codesystem-observation-category.html
 */
const STANDARD: ReadonlySet<string> = new Set([
  'social-history',
  'vital-signs',
  'imaging',
  'laboratory',
  'procedure',
  'survey',
  'exam',
  'therapy',
  'activity',
]);

const categoryCodes = (observation: unknown): readonly string[] =>
  list(record(observation)['category'])
    .flatMap((category) => records(record(category)['coding']))
    .flatMap(({ code }) => text(code) ?? []);

/**
 * Whether every server finds an Observation by a category. `LABORATORY` is found by `laboratory` on
 * some servers only: a search by token may be case-sensitive
 * (https://hl7.org/fhir/R4/search.html#token).
 */
export const namesCategory = (observation: unknown, category: string): boolean =>
  categoryCodes(observation).includes(category);

/**
 * Whether an Observation says that it is of other categories only. One with a code of its server's
 * own, such as `LAB`, does not: the server alone knows what that is, and sends it when it is asked.
 * Letters are compared in either case: what a server sent for `laboratory` may say `LABORATORY`.
 */
export function namesAnotherCategory(observation: unknown, category: string): boolean {
  const named = categoryCodes(observation)
    .map((code) => code.toLowerCase())
    .filter((code) => STANDARD.has(code));
  return named.length > 0 && !named.includes(category);
}
