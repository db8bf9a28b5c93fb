import { codedText } from '#fhir/coded/coded-text.ts';
import { escapeValue } from '#fhir/search/search-query.ts';
import { absentReason, withoutReasons } from '#fhir/values/absent-reason.ts';
import { record, records, text } from '#lib/narrow.ts';
import type { Panel } from '../panel.ts';

/** A test that the user can choose. */
export interface Test {
  readonly label: string;
  /** Codes as values of the search parameter `code`. */
  readonly codes: readonly string[];
  /** True if results are grouped: one alone may not say what it belongs to, such as its germ. */
  readonly grouped?: boolean;
}

/** Rows per page of one test: enough for a trend over years. */
const ROWS = 100;

/** What was measured; undefined where the code says no more than why there is none. */
export const testName = (code: unknown): string | undefined =>
  absentReason(code) === undefined ? codedText(withoutReasons(code)) : undefined;

/** Returns the codes of a result as search tokens (https://hl7.org/fhir/R4/search.html#token). */
export function codeTokens(observation: unknown): readonly string[] {
  const { coding: codings } = withoutReasons(record(observation)['code']);
  return records(codings).flatMap((coding) => {
    const [system, code] = [text(coding['system']), text(coding['code'])];
    if (code === undefined) return [];
    return system ? `${escapeValue(system)}|${escapeValue(code)}` : escapeValue(code);
  });
}

const byLabel = (a: Test, b: Test): number => a.label.localeCompare(b.label);

/** Returns the tests of a page by name. A test without a code cannot be searched for. */
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
    .toSorted(byLabel);
}

/** Adds tests to the known ones. Returns the same list if they add nothing. */
export function mergeTests(known: readonly Test[], fresh: readonly Test[]): readonly Test[] {
  const merged = new Map(known.map((test) => [test.label, test]));
  let changed = false;
  for (const { label, codes: more, grouped } of fresh) {
    const old = merged.get(label);
    const codes = [...new Set([...(old?.codes ?? []), ...more])];
    if (codes.length === old?.codes.length && (old.grouped || !grouped)) continue;
    merged.set(label, { label, codes, ...((grouped || old?.grouped) && { grouped: true }) });
    changed = true;
  }
  return changed ? [...merged.values()].toSorted(byLabel) : known;
}

/**
 * Returns a panel of one test. It also filters by code, for servers that ignore the search
 * parameter. The results that group them have another code and are included: a susceptibility needs
 * its germ.
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
