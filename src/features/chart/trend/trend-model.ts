import { bodySites } from '#fhir/values/body-site.ts';
import { codedText } from '#fhir/coded/coded-text.ts';
import { codeOf, conceptTexts } from '#fhir/values/coding.ts';
import { isModified } from '#fhir/caveats/modifiers.ts';
import { focusTexts } from '#fhir/observation/observation-focus.ts';
import type { Groups } from '#fhir/observation/observation-groups.ts';
import { specimenText } from '#fhir/values/specimen.ts';
import { unitKey } from '#fhir/values/unit-key.ts';
import { choiceDate, shownUnit } from '#fhir/values/values.ts';
import { listText } from '#i18n/list.ts';
import { number, record, records, text, type Json } from '#lib/narrow.ts';
import { rangeOf, type Range } from './range.ts';

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

interface Measured {
  readonly value: number;
  readonly unit: string | undefined;
  /** The same for every spelling of the unit. */
  readonly unitKey: string | undefined;
}

/** A plain number with its unit; nothing for a bound such as `< 5`. */
function measured(holder: Json): Measured | undefined {
  const quantity = record(holder['valueQuantity']);
  const value = number(quantity['value']);
  if (value === undefined || text(quantity['comparator']) !== undefined) return undefined;
  return { value, unit: shownUnit(quantity), unitKey: unitKey(quantity) };
}

/**
 * What can be drawn of a list of Observations. Withdrawn and cancelled ones, bounds, what is about
 * somebody else, and values in another unit, in another sample, of another part of the body, by
 * another method or of another germ are never joined to a line.
 *
 * @param groups how they belong together
 */
export function trends(observations: readonly unknown[], groups: Groups): readonly Series[] {
  const figures = new Map<string, { label: string; lines: Map<string, Line> }>();
  for (const observation of observations) {
    const o = record(observation);
    const date = choiceDate(o, 'effective') ?? text(o['issued']);
    const at = Date.parse(date ?? '');
    const what = codedText(o['code']);
    if (what === undefined || date === undefined || Number.isNaN(at)) continue;
    if (o['status'] === 'entered-in-error' || o['status'] === 'cancelled' || isModified(o))
      continue;
    if (focusTexts(o).length > 0) continue;
    // The right eye is not the left one, nor a mouth an ear.
    const where = [...bodySites(o), specimenText(o), ...conceptTexts(o['method'])].filter(
      (words) => words !== undefined,
    );
    const group = groups.keyOf(o);
    // What a group adds to the name only where it tells two of them apart.
    const origins = group === '' ? [] : groups.originsOf(o).map(({ words }) => words);
    const label = listText([what, ...where, ...origins.filter((words) => words !== undefined)]);
    const parts = [
      { holder: o, name: undefined },
      ...records(o['component']).map((c) => ({ holder: c, name: codedText(c['code']) })),
    ];
    for (const { holder, name } of parts) {
      const found = measured(holder);
      if (!found) continue;
      const key = [codeOf(o['code']) ?? what, found.unitKey, ...where, group].join(' ');
      const figure = figures.get(key) ?? { label, lines: new Map() };
      figures.set(key, figure);
      const points = figure.lines.get(name ?? '')?.points ?? [];
      const { value, unit } = found;
      const all = [...points, { at, date, value, unit, range: rangeOf(holder) }];
      figure.lines.set(name ?? '', { label: name, points: all });
    }
  }
  return [...figures].flatMap(([key, { label, lines }]) => {
    const long = [...lines.values()]
      .filter(({ points }) => points.length >= FEWEST)
      .map((line) => ({ ...line, points: line.points.toSorted((a, b) => a.at - b.at) }));
    // As it was typed the last time.
    const last = long.flatMap(({ points }) => points).toSorted((a, b) => b.at - a.at)[0];
    return long.length > 0 ? [{ key, label, unit: last?.unit, lines: long }] : [];
  });
}
