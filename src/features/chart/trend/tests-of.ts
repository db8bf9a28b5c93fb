import { codedText } from '#fhir/coded/coded-text.ts';
import { escapeValue } from '#fhir/search/search-query.ts';
import { absentReason, withoutReasons } from '#fhir/values/absent-reason.ts';
import { record, records, text } from '#lib/narrow.ts';
import type { Panel } from '../panel.ts';
import { sameCodes } from './same-codes.ts';

/** A test that the user can choose. */
export interface Test {
  readonly label: string;
  /** Codes of its results as search tokens; each list has all codes of a result. */
  readonly codes: readonly (readonly string[])[];
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
  const grouped = observations
    .map(record)
    .some((o) => records(o['hasMember']).length > 0 || records(o['derivedFrom']).length > 0);
  const all = observations.flatMap((observation): readonly Test[] => {
    const label = testName(record(observation)['code']);
    const codes = codeTokens(observation);
    if (label === undefined || codes.length === 0) return [];
    return [{ label, codes: [codes], ...(grouped && { grouped }) }];
  });
  return mergeTests([], all);
}

/** Adds tests to the known ones. Returns the same list if they add nothing. */
export function mergeTests(known: readonly Test[], fresh: readonly Test[]): readonly Test[] {
  const merged = new Map(known.map((test) => [test.label, test]));
  let changed = false;
  for (const { label, codes: more, grouped } of fresh) {
    const old = merged.get(label);
    const all = [...(old?.codes ?? []), ...more];
    const codes = [...new Map(all.map((one) => [one.join(), one])).values()];
    if (codes.length === old?.codes.length && (old.grouped || !grouped)) continue;
    merged.set(label, { label, codes, ...((grouped || old?.grouped) && { grouped: true }) });
    changed = true;
  }
  return changed ? [...merged.values()].toSorted(byLabel) : known;
}

/**
 * Returns a panel of one test. It searches by the first codes, which other tests may have as well,
 * and leaves those out: what has the name of the test, or the same codes, belongs. The results that
 * group its results have another code and are included: a susceptibility needs its germ.
 */
export function oneTest(panel: Panel, { label, codes, grouped }: Test): Panel {
  const belongs = (o: unknown): boolean => {
    const own = codeTokens(o);
    return codes.some(
      (one) =>
        sameCodes(one, own) ||
        (testName(record(o)['code']) === label && one.some((token) => own.includes(token))),
    );
  };
  return {
    ...panel,
    ...(grouped && {
      include: 'Observation:derived-from',
      revinclude: 'Observation:has-member',
    }),
    count: ROWS,
    params: { ...panel.params, code: [...new Set(codes.map(([first]) => first))].join(',') },
    belongs: (r) => panel.belongs(r) && belongs(r),
  };
}
