import { list, record, records, text } from '#lib/narrow.ts';

/**
 * The standard categories of Observations.
 *
 * @see https://hl7.org/fhir/R4/codesystem-observation-category.html
 */
const STANDARD: ReadonlySet<string | undefined> = new Set([
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

/**
 * The standard categories that an Observation names. Letters of either case: a search by token may
 * disregard it (https://hl7.org/fhir/R4/search.html#token), and local systems shout.
 */
const standardCategories = (observation: unknown): readonly string[] =>
  list(record(observation)['category'])
    .flatMap((category) => records(record(category)['coding']))
    .map(({ code }) => text(code)?.toLowerCase())
    .filter((code) => code !== undefined && STANDARD.has(code)) as string[];

/** Whether an Observation says that it is of a category. */
export const namesCategory = (observation: unknown, category: string): boolean =>
  standardCategories(observation).includes(category);

/**
 * Whether an Observation says that it is of other categories only. One with a code of its server's
 * own, such as `LAB`, does not: the server alone knows what that is, and sends it when it is asked.
 */
export function namesAnotherCategory(observation: unknown, category: string): boolean {
  const named = standardCategories(observation);
  return named.length > 0 && !named.includes(category);
}
