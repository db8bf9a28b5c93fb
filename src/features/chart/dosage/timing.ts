import { codedText } from '#fhir/coded/coded-text.ts';
import { conceptText } from '#fhir/values/coding.ts';
import { formatDateTime } from '#fhir/dates/dates.ts';
import { timeText } from '#fhir/values/units.ts';
import { choiceText, formatPeriod } from '#fhir/values/values.ts';
import { weekday } from '#fhir/dates/weekday.ts';
import { listText } from '#i18n/list.ts';
import { list, number, record, text, type Json } from '#lib/narrow.ts';
import { eventText } from './event.ts';
import type { T } from './messages.ts';
import { isBareCode, repeatOfCode } from './timing-code.ts';

/** Elements of `Timing.repeat` that say how often. */
const SAID = new Set(['frequency', 'frequencyMax', 'period', 'periodMax', 'periodUnit']);

/** Elements of `Timing.repeat` that say when, also without a frequency. */
const AT = new Set(['dayOfWeek', 'timeOfDay', 'when', 'offset']);

const isBound = (key: string): boolean => key.startsWith('bounds');

/** Whether an element says how many times in all, or how long each time. */
const isLimit = (key: string): boolean => /^(?:count|duration)/.test(key);

const upTo = (from: number, most: number | undefined): string | number =>
  most === undefined || most === from ? from : `${from}–${most}`;

/** Returns the frequency: `2 × a day`, `1 × every 8hr`. */
function rhythm(repeat: Json, t: T): string | undefined {
  const length = number(repeat['period']);
  if (length === undefined) return undefined;
  const n = upTo(number(repeat['frequency']) ?? 1, number(repeat['frequencyMax']));
  const long = upTo(length, number(repeat['periodMax']));
  const unit = text(repeat['periodUnit']);
  if (long === 1 && unit === 'd') return t('daily', { n });
  if (long === 1 && unit === 'wk') return t('weekly', { n });
  // "every 1m" could be read as every minute.
  if (long === 1 && unit === 'mo') return t('monthly', { n });
  const period = timeText(long, unit);
  return period === undefined ? undefined : t('every', { n, period });
}

/** Returns the texts of codes; undefined if one of them has none. */
function each(codes: unknown, say: (code: unknown) => string | undefined): string | undefined {
  const said = list(codes).map(say);
  return said.length > 0 && said.every((word) => word !== undefined) ? listText(said) : undefined;
}

const clock = (time: unknown): string | undefined => /^\d\d:\d\d/.exec(text(time) ?? '')?.[0];

interface Said {
  readonly words: string | undefined;
  /** True if the words cover everything that is recorded. */
  readonly all: boolean;
}

/**
 * Returns the events of the day; one to which the offset gives no direction is shown without it.
 */
function eventsText({ when, offset }: Json, t: T): Said {
  const exact = (code: unknown) => eventText(code, offset, t);
  const all = each(when, exact);
  const directed = list(when).some((code) => exact(code) !== undefined);
  const loose = (code: unknown) => exact(code) ?? eventText(code, undefined, t);
  return { words: all ?? (directed ? each(when, loose) : undefined), all: all !== undefined };
}

/**
 * Returns how often, and at which times, events or days; no words if some of it is not understood.
 */
function howOften(repeat: Json, t: T): Said {
  const keys = Object.keys(repeat).filter((key) => !isBound(key) && !isLimit(key));
  const none: Said = { words: undefined, all: keys.length === 0 };
  if (keys.every((key) => !SAID.has(key) && !AT.has(key))) return none;
  const { dayOfWeek, timeOfDay, when, offset } = repeat;
  const days = each(dayOfWeek, weekday);
  const times = each(timeOfDay, clock);
  const events = eventsText(repeat, t);
  const tied = when !== undefined || offset !== undefined;
  // Without its days, a dose for some days would look like one for every day.
  if ((dayOfWeek !== undefined && !days) || (timeOfDay !== undefined && !times)) return none;
  if (tied && !events.words) return none;
  const often = rhythm(repeat, t);
  if (!often && keys.some((key) => SAID.has(key))) return none;
  const at = [times, events.words, days && t('onDays', { days })].filter(Boolean).join(', ');
  return {
    words: often && at ? `${often} (${at})` : (often ?? at),
    all: (!tied || events.all) && keys.every((key) => SAID.has(key) || AT.has(key)),
  };
}

/**
 * Returns the duration and the count: `over 1hr each time`, `9 × in all`. A single dose must not
 * look like a continuing one.
 */
function limitTexts(repeat: Json, t: T): readonly (string | undefined)[] {
  const [count, duration] = [number(repeat['count']), number(repeat['duration'])];
  const long = duration && upTo(duration, number(repeat['durationMax']));
  const time = long ? timeText(long, text(repeat['durationUnit'])) : undefined;
  const said = (key: string, words: string | undefined): readonly (string | undefined)[] =>
    Object.keys(repeat).some((each) => each.startsWith(key)) ? [words] : [];
  return [
    ...said('duration', time && t('lasting', { time })),
    ...said(
      'count',
      count ? t('inAll', { n: upTo(count, number(repeat['countMax'])) }) : undefined,
    ),
  ];
}

/** Returns the bounds of a timing: without them a course that is over looks current. */
function bounds(repeat: Json, t: T): string | undefined {
  const period = record(repeat['boundsPeriod']);
  const [from, to] = [formatDateTime(period['start']), formatDateTime(period['end'])];
  if (from && to) return formatPeriod(period);
  if (from) return t('from', { date: from });
  if (to) return t('until', { date: to });
  const time = choiceText(repeat, 'bounds');
  return time && t('for', { time });
}

/**
 * Returns the text of a code. "QD" is misread as "QID", and "QOD" as either, so these two are
 * spelled out as every day and every other day (ISMP).
 */
function codeText(code: unknown, t: T): string | undefined {
  const words = conceptText(code);
  switch ((words ?? '').replaceAll(/[.\s]/g, '').toLowerCase()) {
    case 'qd':
      return t('daily', { n: 1 });
    case 'qod':
      return rhythm({ period: 2, periodUnit: 'd' }, t);
    default:
      return words;
  }
}

/** First hour, and hour before which, the event of a code may take place. */
const HOURS: Readonly<Record<string, readonly [string, string]>> = {
  MORN: ['00', '12'],
  AFT: ['12', '24'],
  HS: ['18', '24'],
};

/** Whether a code contradicts the structured events or times: "BED" beside "in the morning". */
function isElsewhere(known: Json | undefined, { when, timeOfDay }: Json): boolean {
  const event = text(list(known?.['when'])[0]);
  const [from, to] = HOURS[event ?? ''] ?? [];
  if (!event || !from || !to) return false;
  const isIt = (other: unknown) => other === event || text(other)?.startsWith(`${event}.`);
  const isThen = (time: unknown) => from <= (text(time) ?? '') && (text(time) ?? '') < to;
  return (when !== undefined && !list(when).some(isIt)) || !list(timeOfDay).every(isThen);
}

/**
 * Returns how often, from the code or the structured timing: either may be read (R4,
 * `Timing.code`). A code without a text comes second, since few readers know what it means.
 */
function codedOften(code: unknown, repeat: Json, t: T): Said {
  const words = codeText(code, t);
  if (words === undefined) return howOften(repeat, t);
  if (!isBareCode(code)) return { words, all: true };
  const known = repeatOfCode(code);
  const event = known?.['when'] === undefined ? {} : { when: known['when'] };
  // Two frequencies are never merged: "BID" and "every 12 hours" are not twice every 12 hours.
  const rhythmic = Object.keys(repeat).some((key) => SAID.has(key));
  const told = howOften({ ...(rhythmic ? event : known), ...repeat }, t);
  const differs =
    (rhythmic && known && rhythm(known, t) !== rhythm(repeat, t)) || isElsewhere(known, repeat);
  if (told.words) return { words: told.words, all: told.all && !differs };
  const own = known ? howOften(known, t).words : codeText(codedText(code), t);
  return { words: own, all: told.all };
}

/**
 * Returns the texts of a Timing, and whether they cover all of it. A code stands for the whole
 * except the bounds, the count and the duration, which no code such as BID can express.
 *
 * @see https://hl7.org/fhir/R4/datatypes.html#Timing
 */
export function timingText(value: unknown, t: T): { words: readonly string[]; all: boolean } {
  const { code, repeat, event } = record(value);
  const rest = record(repeat);
  const often = codedOften(code, rest, t);
  const limits = limitTexts(rest, t);
  const bound = bounds(rest, t);
  const days = list(event).map(formatDateTime);
  return {
    words: [often.words, ...days, ...limits, bound].filter((words) => words !== undefined),
    all:
      often.all &&
      ![...days, ...limits].includes(undefined) &&
      (bound !== undefined || !Object.keys(rest).some(isBound)),
  };
}
