import { codedText } from '#fhir/coded/coded-text.ts';
import { escapeValue } from '#fhir/search/search-query.ts';
import { absentReason, withoutReasons } from '#fhir/values/absent-reason.ts';
import { record, records, text } from '#lib/narrow.ts';
import type { Panel } from '../panel.ts';

/** Something that is measured again and again. */
export interface Test {
  readonly label: string;
  /** As the search parameter `code` takes them. */
  readonly codes: readonly string[];
  /** Here results belong together: alone, one of them may not say what it is of. */
  readonly grouped?: boolean;
}

/** Rows of one test: a trend over years rather than a page of it. */
const ROWS = 100;

/** What was measured; undefined where the code says no more than why there is none. */
export const testName = (code: unknown): string | undefined =>
  absentReason(code) === undefined ? codedText(withoutReasons(code)) : undefined;

/**
 * The codes of a result as search tokens (https://hl7.org/fhir/R4/search.html#token), without
 * reasons why it has none: `UNK` stands with many tests.
 */
export function codeTokens(observation: unknown): readonly string[] {
  const { coding: codings } = withoutReasons(record(observation)['code']);
  return records(codings).flatMap((coding) => {
    const [system, code] = [text(coding['system']), text(coding['code'])];
    if (code === undefined) return [];
    return system ? `${escapeValue(system)}|${escapeValue(code)}` : escapeValue(code);
  });
}

/** What was measured, by name. What has no code cannot be asked for. */
export function testsOf(observations: readonly unknown[]): readonly Test[] {
  const found = new Map<string, Set<string>>();
  for (const observation of observations) {
    const label = testName(record(observation)['code']);
    const [code] = codeTokens(observation);
    if (label === undefined || code === undefined) continue;
    found.set(label, (found.get(label) ?? new Set()).add(code));
  }
  const grouped = observations
    .map(record)
    .some((o) => records(o['hasMember']).length > 0 || records(o['derivedFrom']).length > 0);
  return [...found]
    .map(([label, codes]) => ({ label, codes: [...codes], ...(grouped && { grouped }) }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
}

/**
 * A panel of one test only, for a server that leaves out the code that it is asked for, too. What
 * its results belong to has another code: it is sent along, for a drug's effect needs its germ.
 */
export function oneTest(panel: Panel, { codes, grouped }: Test): Panel {
  return {
    ...panel,
    ...(grouped && {
      include: 'Observation:derived-from',
      revinclude: 'Observation:has-member',
    }),
    count: ROWS,
    params: { ...panel.params, code: codes.join(',') },
    belongs: (r) => panel.belongs(r) && codeTokens(r).some((token) => codes.includes(token)),
  };
}
