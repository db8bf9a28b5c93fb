import { bodySites } from '#fhir/body-site.ts';
import { codeOf, conceptText, conceptTexts } from '#fhir/coding.ts';
import { isModified } from '#fhir/modifiers.ts';
import { focusTexts } from '#fhir/observation-focus.ts';
import { choiceDate, shownUnit } from '#fhir/values.ts';
import { listText } from '#i18n/list.ts';
import { number, record, records, text, type Json } from '#lib/narrow.ts';
import { rangeOf, type Range } from './range.ts';

export interface Point {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** As FHIR writes it. */
  readonly date: string;
  readonly value: number;
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

/** A plain number with its unit; nothing for a bound such as `< 5`. */
function measured(holder: Json): { value: number; unit: string | undefined } | undefined {
  const quantity = record(holder['valueQuantity']);
  const value = number(quantity['value']);
  if (value === undefined || text(quantity['comparator']) !== undefined) return undefined;
  return { value, unit: shownUnit(quantity) };
}

/**
 * What can be drawn of a list of Observations. Withdrawn and cancelled ones, bounds, what is about
 * somebody else, and values in another unit, of another part of the body or by another method are
 * never joined to a line.
 */
export function trends(observations: readonly unknown[]): readonly Series[] {
  const figures = new Map<
    string,
    { label: string; unit: string | undefined; lines: Map<string, Line> }
  >();
  for (const observation of observations) {
    const o = record(observation);
    const date = choiceDate(o, 'effective') ?? text(o['issued']);
    const at = Date.parse(date ?? '');
    const what = conceptText(o['code']);
    if (what === undefined || date === undefined || Number.isNaN(at)) continue;
    if (o['status'] === 'entered-in-error' || o['status'] === 'cancelled' || isModified(o))
      continue;
    if (focusTexts(o).length > 0) continue;
    // The right eye is not the left one, nor a mouth an ear.
    const where = [...bodySites(o), ...conceptTexts(o['method'])];
    const label = listText([what, ...where]);
    const parts = [
      { holder: o, name: undefined },
      ...records(o['component']).map((c) => ({ holder: c, name: conceptText(c['code']) })),
    ];
    for (const { holder, name } of parts) {
      const found = measured(holder);
      if (!found) continue;
      const key = [codeOf(o['code']) ?? what, found.unit, ...where].join(' ');
      const figure = figures.get(key) ?? { label, unit: found.unit, lines: new Map() };
      figures.set(key, figure);
      const points = figure.lines.get(name ?? '')?.points ?? [];
      const all = [...points, { at, date, value: found.value, range: rangeOf(holder) }];
      figure.lines.set(name ?? '', { label: name, points: all });
    }
  }
  return [...figures].flatMap(([key, { label, unit, lines }]) => {
    const long = [...lines.values()]
      .filter(({ points }) => points.length >= FEWEST)
      .map((line) => ({ ...line, points: line.points.toSorted((a, b) => a.at - b.at) }));
    return long.length > 0 ? [{ key, label, unit, lines: long }] : [];
  });
}
