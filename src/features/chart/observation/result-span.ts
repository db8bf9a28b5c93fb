import { dayRange, parseDate } from '#fhir/dates/dates.ts';
import { record, text, texts, type Json } from '#lib/narrow.ts';
import { startOf } from '../cells/local-day.ts';

/** A moment, or an end of a day whose time zone nobody wrote down: then as if it were UTC. */
interface Bound {
  readonly at: number;
  readonly day: boolean;
}

/** The first and the last moment at which something can have been measured. */
export interface Span {
  readonly first: Bound;
  readonly last: Bound;
}

const HOUR = 3_600_000;

/** The zones of the world lie between UTC-12 and UTC+14: a day may begin or end as far off. */
const [WEST, EAST] = [12 * HOUR, 14 * HOUR];

const EVER: Bound = { at: -Infinity, day: false };
const NEVER: Bound = { at: Infinity, day: false };

/** All that a FHIR date, dateTime or instant may mean; undefined for what is no date. */
export function spanOf(date: unknown): Span | undefined {
  const day = parseDate(date);
  const at = startOf(date);
  if (day === undefined || at === undefined) return undefined;
  if (text(date)?.includes('T')) return { first: { at, day: false }, last: { at, day: false } };
  const { first, last } = dayRange(day);
  return {
    first: { at: Date.parse(first), day: true },
    last: { at: Date.parse(last) + 24 * HOUR - 1, day: true },
  };
}

/** Of two days, as of two moments, the order is known: who writes days writes those of one place. */
function precedes(a: Bound, b: Bound): boolean {
  if (a.day === b.day) return a.at < b.at;
  return a.day ? a.at + WEST < b.at : a.at < b.at - EAST;
}

/** Whether all of one is certainly before all of the other. */
export const isBefore = (one: Span | undefined, other: Span | undefined): boolean =>
  one !== undefined && other !== undefined && precedes(one.last, other.first);

/** From the first of several to the last; undefined unless all of them are dates. */
function around(dates: readonly unknown[]): Span | undefined {
  const spans = dates.map(spanOf);
  const known = spans.filter((span) => span !== undefined);
  const [first] = known.map((span) => span.first).toSorted((a, b) => a.at - b.at);
  const last = known
    .map((span) => span.last)
    .toSorted((a, b) => a.at - b.at)
    .at(-1);
  return first && last && known.length === spans.length ? { first, last } : undefined;
}

/** A bound that is missing is open; a period the wrong way round says nothing. */
function during(period: Json): Span | undefined {
  const first = spanOf(period['start'])?.first ?? EVER;
  const last = spanOf(period['end'])?.last ?? NEVER;
  return last.at < first.at ? undefined : { first, last };
}

/**
 * When a result was measured, as far as that is known. What only says when it was issued was
 * measured some time before that.
 *
 * @see https://hl7.org/fhir/R4/observation-definitions.html#Observation.effective_x_
 */
export function measuredIn(o: Json): Span | undefined {
  const moment = text(o['effectiveDateTime']) ?? text(o['effectiveInstant']);
  if (moment !== undefined) return spanOf(moment);
  const timing = record(o['effectiveTiming']);
  const events = texts(timing['event']);
  if (events.length > 0) return around(events);
  const period = record(o['effectivePeriod'] ?? record(timing['repeat'])['boundsPeriod']);
  if (period['start'] !== undefined || period['end'] !== undefined) return during(period);
  const issued = spanOf(o['issued']);
  return issued && { first: EVER, last: issued.last };
}
