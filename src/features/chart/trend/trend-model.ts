import type { Groups } from '#fhir/observation/observation-groups.ts';
import { rangeOf, type Range } from './range.ts';
import { resultsOfTests, type Part, type Result } from './results-of-tests.ts';
import { newestUndrawn } from './newest-undrawn.ts';

export interface Point {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** As FHIR writes it. */
  readonly date: string;
  readonly value: number;
  readonly unit: string | undefined;
  /** What it came with, where that can be drawn. */
  readonly range?: Range | undefined;
}

export interface Line {
  /** What is measured, where a figure has several lines. */
  readonly label: string | undefined;
  /** Oldest first. */
  readonly points: readonly Point[];
  /** A result that it has no point of, and that may be newer than its last. */
  readonly undrawn?: Result | undefined;
}

/** One figure: the same thing measured in the same unit. */
export interface Series {
  readonly key: string;
  readonly label: string;
  readonly unit: string | undefined;
  readonly lines: readonly Line[];
}

/** Two points are a difference, not a trend. */
const FEWEST = 3;

function lineOf(
  results: readonly Result[],
  name: string | undefined,
  isDrawn: (part: Part) => boolean,
): Line | undefined {
  const points = results
    .flatMap(({ at, date, parts }) =>
      parts.flatMap((part): Point[] => {
        if (part.name !== name || !part.found || !isDrawn(part)) return [];
        const { value, unit } = part.found;
        return [{ at, date, value, unit, range: rangeOf(part.holder) }];
      }),
    )
    .toSorted((a, b) => a.at - b.at);
  const last = points.at(-1);
  if (!last || points.length < FEWEST) return undefined;
  return { label: name, points, undrawn: newestUndrawn(results, { name, last, isDrawn }) };
}

/** The figures of one test, one for each unit. */
function figures(test: string, results: readonly Result[]): readonly Series[] {
  const drawable = results.flatMap(({ label, parts }) =>
    parts.flatMap(({ name, found }) => (found ? [{ label, name, unit: found.unitKey }] : [])),
  );
  return [...new Set(drawable.map(({ unit }) => unit))].flatMap((unit) => {
    const those = drawable.filter((one) => one.unit === unit);
    const isDrawn = ({ found }: Part): boolean => found !== undefined && found.unitKey === unit;
    const lines = [...new Set(those.map(({ name }) => name))]
      .map((name) => lineOf(results, name, isDrawn))
      .filter((line) => line !== undefined);
    // As it was typed the last time.
    const last = lines.flatMap(({ points }) => points).toSorted((a, b) => b.at - a.at)[0];
    return those[0] && last
      ? [{ key: JSON.stringify([test, unit]), label: those[0].label, unit: last.unit, lines }]
      : [];
  });
}

/**
 * What can be drawn of a list of Observations. Bounds, values in another unit and what
 * {@link resultsOfTests} tells apart are never joined to a line.
 *
 * @param groups how they belong together
 */
export const trends = (observations: readonly unknown[], groups: Groups): readonly Series[] =>
  [...resultsOfTests(observations, groups)].flatMap(([test, results]) => figures(test, results));
