import type { Groups } from '#fhir/observation/observation-groups.ts';
import { rangeOf, type Range } from './range.ts';
import {
  isKin,
  resultsOfTests,
  type Part,
  type Result,
  type TestResults,
} from './results-of-tests.ts';
import { newestUndrawn } from './newest-undrawn.ts';

export interface Point {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** FHIR date or dateTime. */
  readonly date: string;
  readonly value: number;
  readonly unit: string | undefined;
  /** Reference range of the value, if it can be drawn. */
  readonly range?: Range | undefined;
}

export interface Line {
  /** Key of the part that the line shows, unique in its figure. */
  readonly key: string | undefined;
  /** Name of the part; undefined if the whole result is drawn. */
  readonly label: string | undefined;
  /** Oldest first. */
  readonly points: readonly Point[];
  /** A result without a point on the line that may be newer than its last point. */
  readonly undrawn?: Result | undefined;
}

/** One figure: values of the same test in the same unit. */
export interface Series {
  readonly key: string;
  readonly label: string;
  readonly unit: string | undefined;
  readonly lines: readonly Line[];
}

/** Two points are a difference, not a trend. */
const FEWEST = 3;

type IsPart = (part: Part) => boolean;

/** Returns the line of one part; undefined with fewer than three points. */
function lineOf(
  results: readonly Result[],
  key: string | undefined,
  inUnit: IsPart,
): (Line & { readonly last: Point }) | undefined {
  const drawn = results
    .flatMap(({ at, date, parts }) =>
      parts.flatMap((part) => {
        if (part.key !== key || !part.found || !inUnit(part)) return [];
        const { value, unit } = part.found;
        const point: Point = { at, date, value, unit, range: rangeOf(part.holder) };
        return [{ name: part.name, point }];
      }),
    )
    .toSorted((a, b) => a.point.at - b.point.at);
  const last = drawn.at(-1);
  if (!last || drawn.length < FEWEST) return undefined;
  const points = drawn.map(({ point }) => point);
  return { key, label: last.name, points, last: last.point };
}

/**
 * Returns the figures of one test, one per unit.
 *
 * @param kin results that may be of the test and are in no figure
 */
function figures(
  { key: test, results }: TestResults,
  kin: readonly Result[] = [],
): readonly Series[] {
  const drawable = results.flatMap(({ label, parts }) =>
    parts.flatMap(({ key, found }) => (found ? [{ label, key, unit: found.unitKey }] : [])),
  );
  return [...new Set(drawable.map(({ unit }) => unit))].flatMap((unit) => {
    const those = drawable.filter((one) => one.unit === unit);
    const inUnit: IsPart = ({ found }) => found !== undefined && found.unitKey === unit;
    const found = [...new Set(those.map(({ key }) => key))]
      .map((key) => lineOf(results, key, inUnit))
      .filter((line) => line !== undefined);
    const hasLine = new Set(found.map(({ key }) => key));
    const isDrawn: IsPart = (part) => inUnit(part) && hasLine.has(part.key);
    const isLeftOut: IsPart = (part) => inUnit(part) && !hasLine.has(part.key);
    const lines = found.map(({ last, ...line }) => ({
      ...line,
      undrawn: newestUndrawn(results, kin, { key: line.key, last, isDrawn, isLeftOut }),
    }));
    // The unit as the newest result spells it.
    const last = found.map((line) => line.last).toSorted((a, b) => b.at - a.at)[0];
    return those[0] && last
      ? [{ key: JSON.stringify([test, unit]), label: those[0].label, unit: last.unit, lines }]
      : [];
  });
}

/**
 * Returns the figures of a list of Observations. Bounds, values in another unit and results of
 * different tests ({@link resultsOfTests}) never join a line.
 *
 * @param groups how the observations belong together
 */
export function trends(observations: readonly unknown[], groups: Groups): readonly Series[] {
  const tests = resultsOfTests(observations, groups);
  const undrawn = tests.filter((test) => figures(test).length === 0);
  return tests.flatMap((test) => {
    const kin = undrawn.filter((other) => isKin(test, other));
    const results = kin.flatMap((other) => other.results);
    return figures(test, results);
  });
}
