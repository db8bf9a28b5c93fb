import { isRecord, number, record, text } from '#lib/narrow.ts';
import { conceptText, codingText } from './coding.ts';
import { formatDate, formatDateTime } from './dates.ts';
import { referenceText } from './reference.ts';

/** A number as recorded: never grouped, rounded or given decimals that were not measured. */
function plainNumber(value: unknown): string | undefined {
  return number(value) === undefined ? undefined : text(value);
}

/** `5.6 mmol/L`, `< 0.1 mg/L`; the unit in words, else its UCUM code. */
export function formatQuantity(quantity: unknown): string | undefined {
  const q = record(quantity);
  const value = plainNumber(q['value']);
  if (value === undefined) return undefined;
  const comparator = text(q['comparator']);
  const code = text(q['code']);
  const unit = text(q['unit']) ?? (code === '1' ? undefined : code?.replace(/^\{(.*)\}$/, '$1'));
  const amount = comparator === undefined ? value : `${comparator} ${value}`;
  if (unit === undefined) return amount;
  return unit === '%' ? `${amount}%` : `${amount} ${unit}`;
}

/** `3.5–5.1 mmol/L`, `≥ 3.5 mmol/L`. */
export function formatRange(range: unknown): string | undefined {
  const r = record(range);
  const [low, high] = [record(r['low']), record(r['high'])];
  const [from, to] = [plainNumber(low['value']), plainNumber(high['value'])];
  if (from !== undefined && to !== undefined) {
    const upper = formatQuantity({ ...high, unit: high['unit'] ?? low['unit'] });
    return `${from}–${upper}`;
  }
  if (from !== undefined) return `≥ ${formatQuantity(low)}`;
  return to === undefined ? undefined : `≤ ${formatQuantity(high)}`;
}

/** `14-Jul-2020 – 20-Jul-2020`, `since 14-Jul-2020`, `until 20-Jul-2020`. */
export function formatPeriod(period: unknown): string | undefined {
  const p = record(period);
  const [start, end] = [formatDate(p['start']), formatDate(p['end'])];
  if (start !== undefined && end !== undefined) return start === end ? start : `${start} – ${end}`;
  if (start !== undefined) return `since ${start}`;
  return end === undefined ? undefined : `until ${end}`;
}

function formatRatio(ratio: unknown): string | undefined {
  const r = record(ratio);
  const [top, bottom] = [formatQuantity(r['numerator']), formatQuantity(r['denominator'])];
  return top === undefined || bottom === undefined ? top : `${top} : ${bottom}`;
}

/** `P` dosage-like Timing is left to its text; here only what an element can hold as a value. */
function formatComplex(type: string, value: unknown): string | undefined {
  switch (type) {
    case 'Quantity':
    case 'Age':
    case 'Duration':
    case 'Count':
    case 'Money':
      return formatQuantity(value);
    case 'CodeableConcept':
      return conceptText(value);
    case 'Coding':
      return codingText(value);
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
      return undefined;
    case 'Timing':
      return conceptText(record(value)['code']);
    case 'Date':
      return formatDate(value);
    case 'DateTime':
    case 'Instant':
      return formatDateTime(value);
    case 'Boolean':
      return value === true ? 'Yes' : value === false ? 'No' : undefined;
    default:
      return isRecord(value) ? (text(value['text']) ?? conceptText(value)) : text(value);
  }
}

/**
 * The value of an element with several types, in words: `valueQuantity`, `onsetAge`,
 * `effectivePeriod`...
 *
 * @param element the name before the type: `value`, `onset`, `effective`
 */
export function choiceText(holder: unknown, element: string): string | undefined {
  const h = record(holder);
  for (const key of Object.keys(h)) {
    const type = key.startsWith(element) ? key.slice(element.length) : '';
    const found = /^[A-Z]/.test(type) ? formatComplex(type, h[key]) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The day of an element that may be a dateTime, a Period or an instant, for sorting: FHIR text. */
export function choiceDate(holder: unknown, element: string): string | undefined {
  const h = record(holder);
  const period = record(h[`${element}Period`]);
  return (
    text(h[`${element}DateTime`]) ??
    text(h[`${element}Instant`]) ??
    text(h[`${element}Date`]) ??
    text(period['start']) ??
    text(period['end'])
  );
}
