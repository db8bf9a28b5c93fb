import { longText } from '#lib/long-text.ts';
import { isRecord, number, record, text, texts, type Json } from '#lib/narrow.ts';
import { codedText } from '../coded/coded-text.ts';
import { conceptText } from './coding.ts';
import { formatDate, formatDateTime } from '../dates/dates.ts';
import { asWritten } from './exact-numbers.ts';
import { referenceText } from '../reference.ts';
import { timeText, unitText } from './units.ts';

/** Returns `unit`, else the code, of a Quantity in the spelling of clinicians. */
export const shownUnit = (quantity: Json): string | undefined =>
  unitText(text(quantity['unit']) ?? text(quantity['code']));

/**
 * Formats a Quantity: `5.6 mmol/L`, `< 0.1 mg/L`. The number is never grouped, rounded, converted
 * or given other decimals. It keeps measured zeros (`7.0`) if the response was read by
 * `parseExactly`.
 */
export function formatQuantity(quantity: unknown): string | undefined {
  const q = record(quantity);
  const value = asWritten(q, 'value');
  if (value === undefined) return undefined;
  return [text(q['comparator']), value, shownUnit(q)].filter((x) => x !== undefined).join(' ');
}

/** Like {@link formatQuantity}, but a UCUM unit of time is in the page's language: `12y`. */
function formatTime(quantity: unknown): string | undefined {
  const q = record(quantity);
  const value = number(q['value']);
  const words =
    value === undefined ? undefined : timeText(value, text(q['unit']) ?? text(q['code']));
  return words ? [text(q['comparator']), words].filter(Boolean).join(' ') : formatQuantity(q);
}

/** Formats a Range of ages, such as that of a reference range: `2y–12y`, `≥ 18y`. */
export function formatAges(range: unknown): string | undefined {
  const [from, to] = [formatTime(record(range)['low']), formatTime(record(range)['high'])];
  if (from !== undefined && to !== undefined) return `${from}–${to}`;
  return to === undefined ? from && `≥ ${from}` : `≤ ${to}`;
}

/** Formats a Range: `3.5–5.1 mmol/L`, `≤ 5 mmol/L`, `≥ 60 mL/min`. */
export function formatRange(range: unknown): string | undefined {
  const r = record(range);
  const [low, high] = [record(r['low']), record(r['high'])];
  const [from, to] = [asWritten(low, 'value'), asWritten(high, 'value')];
  if (from !== undefined && to !== undefined) {
    const [below, above] = [shownUnit(low), shownUnit(high)];
    // Bounds with different units need both units: one for both would be a wrong range.
    if (below && above && below !== above)
      return `${formatQuantity(low)} – ${formatQuantity(high)}`;
    const unit = above ?? below;
    return `${from}–${to}${unit ? ` ${unit}` : ''}`;
  }
  if (to !== undefined) return `≤ ${formatQuantity(high)}`;
  return from === undefined ? undefined : `≥ ${formatQuantity(low)}`;
}

/**
 * Formats a Period: `24-Aug-2020 – 26-Aug-2020`, within one day `24-Aug-2020 15:00 – 15:25`, and
 * without an end `24-Aug-2020 –`.
 */
export function formatPeriod(period: unknown): string | undefined {
  const p = record(period);
  const [from, to] = [formatDateTime(p['start']), formatDateTime(p['end'])];
  if (from === undefined) return to && `– ${to}`;
  if (to === undefined) return `${from} –`;
  if (from === to) return from;
  const day = from.replace(/ \d\d:\d\d$/, '');
  const sameDay = day !== from && to.startsWith(`${day} `);
  return `${from} – ${sameDay ? to.slice(day.length).trim() : to}`;
}

function formatRatio(ratio: unknown): string | undefined {
  const r = record(ratio);
  const [top, bottom] = [formatQuantity(r['numerator']), formatQuantity(r['denominator'])];
  return top === undefined || bottom === undefined ? top : `${top} : ${bottom}`;
}

/** Formats a Range that may be of ages or times: `40y–45y` if its unit is a UCUM unit of time. */
function formatTimes(range: unknown): string | undefined {
  const { low, high } = record(range);
  const coded = [low, high].map(record).some((q) => {
    const unit = text(q['unit']) ?? text(q['code']);
    return timeText(0, unit) !== undefined;
  });
  return coded ? formatAges(range) : formatRange(range);
}

/** Formats a value of a certain type. Of a Timing only the code is formatted here. */
function formatComplex(type: string, value: unknown): string | undefined {
  switch (type) {
    case 'Age':
    case 'Duration':
      return formatTime(value);
    case 'Quantity':
    case 'Count':
      return formatQuantity(value);
    case 'Money':
      return formatQuantity({ ...record(value), unit: record(value)['currency'] });
    case 'CodeableConcept':
      return longText(record(value)['text']) ?? codedText(value);
    case 'Coding':
      return codedText({ coding: [value] });
    case 'Range':
      return formatRange(value);
    case 'Ratio':
      return formatRatio(value);
    case 'Period':
      return formatPeriod(value);
    case 'Reference':
      return referenceText(value);
    case 'Attachment':
      return text(record(value)['title']) ?? text(record(value)['contentType']);
    case 'SampledData':
    case 'Boolean': // the caller puts it into words
      return undefined;
    case 'Timing':
      return conceptText(record(value)['code']);
    case 'Date':
      return formatDate(value);
    case 'DateTime':
    case 'Instant':
      return formatDateTime(value);
    default:
      return isRecord(value) ? (longText(value['text']) ?? conceptText(value)) : longText(value);
  }
}

/**
 * Returns the value of a choice element as text: `valueQuantity`, `onsetAge`, `effectivePeriod` and
 * so on. Undefined for a boolean, which the caller puts into words.
 *
 * @param element the name before the type: `value`, `onset`, `effective`
 */
export function choiceText(holder: unknown, element: string): string | undefined {
  const h = record(holder);
  for (const key of Object.keys(h)) {
    const type = key.startsWith(element) ? key.slice(element.length) : '';
    // A Range of another element than `value` is of ages or times: onset, abatement, bounds.
    const times = type === 'Range' && element !== 'value';
    const found = times
      ? formatTimes(h[key])
      : /^[A-Z]/.test(type)
        ? formatComplex(type, h[key])
        : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Returns the first date of a choice of dateTime, Period or Timing, as sortable FHIR text. */
export function choiceDate(holder: unknown, element: string): string | undefined {
  const h = record(holder);
  const timing = record(h[`${element}Timing`]);
  const bounds = record(record(timing['repeat'])['boundsPeriod']);
  const period = record(h[`${element}Period`] ?? bounds);
  return (
    text(h[`${element}DateTime`]) ??
    text(h[`${element}Instant`]) ??
    text(h[`${element}Date`]) ??
    texts(timing['event'])[0] ??
    text(period['start']) ??
    text(period['end'])
  );
}
