import { dayRange, parseDate } from '#fhir/dates/dates.ts';
import { record, text, texts, type Json } from '#lib/narrow.ts';
import { startOf } from '../cells/local-day.ts';

/** A moment, or the start or end of a day in an unknown time zone, given as if it were UTC. */
interface Bound {
  readonly at: number;
  readonly day: boolean;
}

/** The first and the last moment at which a result can have been measured. */
export interface Span {
  readonly first: Bound;
  readonly last: Bound;
}

const HOUR = 3_600_000;

/** Time zones lie between UTC-12 and UTC+14, so a day may begin or end that far from UTC. */
const [WEST, EAST] = [12 * HOUR, 14 * HOUR];

const EVER: Bound = { at: -Infinity, day: false };
const NEVER: Bound = { at: Infinity, day: false };

/** Returns the span that a FHIR date, dateTime or instant may mean; undefined if invalid. */
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

/**
 * Whether one bound precedes another. Two days are compared directly, because a record's days are
 * assumed to be of one place; a day and a moment are compared for all time zones.
 */
function precedes(a: Bound, b: Bound): boolean {
  if (a.day === b.day) return a.at < b.at;
  return a.day ? a.at + WEST < b.at : a.at < b.at - EAST;
}

/** Whether one span is certainly and completely before the other. */
export const isBefore = (one: Span | undefined, other: Span | undefined): boolean =>
  one !== undefined && other !== undefined && precedes(one.last, other.first);

/** Returns the span from the first to the last of several dates; undefined if any is invalid. */
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

/** Returns the span of a period; a missing bound is open, a reversed period has no span. */
function during(period: Json): Span | undefined {
  const first = spanOf(period['start'])?.first ?? EVER;
  const last = spanOf(period['end'])?.last ?? NEVER;
  return last.at < first.at ? undefined : { first, last };
}

/**
 * Returns when a result was measured, as far as known. A result with only an issue date was
 * measured some time before it.
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
