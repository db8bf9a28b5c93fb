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
 * Whether an Observation has a category in exactly this spelling, so that every server finds it by
 * a search for that category. Token search may be case-sensitive, so that `laboratory` finds
 * `LABORATORY` on some servers only (https://hl7.org/fhir/R4/search.html#token).
 */
export const namesCategory = (observation: unknown, category: string): boolean =>
  categoryCodes(observation).includes(category);

/**
 * Whether an Observation has standard categories, but not this one. A server's own code, such as
 * `LAB`, does not count, because only the server knows its meaning. Case is ignored: a server may
 * return `LABORATORY` for a search for `laboratory`.
 */
export function namesAnotherCategory(observation: unknown, category: string): boolean {
  const named = categoryCodes(observation)
    .map((code) => code.toLowerCase())
    .filter((code) => STANDARD.has(code));
  return named.length > 0 && !named.includes(category);
}
