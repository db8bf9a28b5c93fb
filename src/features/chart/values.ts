import { conceptText, conceptTexts } from '#fhir/coding.ts';
import { formatDateTime } from '#fhir/dates.ts';
import { isRecord, number, record, records, text, type Json } from '#lib/narrow.ts';
import { unitText } from './units.ts';

const shownUnit = (quantity: Json): string | undefined =>
  unitText(text(quantity['unit']) ?? text(quantity['code']));

/** `4.5 mmol/L`, with the comparator where there is one. A value is never rounded or converted. */
export function quantityText(quantity: unknown): string | undefined {
  const q = record(quantity);
  const value = number(q['value']);
  if (value === undefined) return undefined;
  const unit = shownUnit(q);
  return `${text(q['comparator']) ?? ''}${value}${unit ? ` ${unit}` : ''}`;
}

/** `3.5–5.1 mmol/L`, `≤ 5 mmol/L`, `≥ 60 mL/min`. */
export function rangeText(range: unknown): string | undefined {
  const r = record(range);
  const low = number(record(r['low'])['value']);
  const high = number(record(r['high'])['value']);
  if (low !== undefined && high !== undefined) {
    const [below, above] = [shownUnit(record(r['low'])), shownUnit(record(r['high']))];
    // Bounds in different units are said one by one: one unit for both would be a wrong range.
    if (below && above && below !== above) {
      return `${quantityText(r['low'])} – ${quantityText(r['high'])}`;
    }
    const unit = above ?? below;
    return `${low}–${high}${unit ? ` ${unit}` : ''}`;
  }
  if (high !== undefined) return `≤ ${quantityText(r['high'])}`;
  return low === undefined ? undefined : `≥ ${quantityText(r['low'])}`;
}

/** A Period as `01-Jan-2020 – 03-Jan-2020`; an open end is said in words by the caller. */
export function periodText(period: unknown): string | undefined {
  const { start, end } = record(period) as { start?: unknown; end?: unknown };
  const from = formatDateTime(start);
  const to = formatDateTime(end);
  if (from && to) return from === to ? from : `${from} – ${to}`;
  return from ? `${from} –` : to && `– ${to}`;
}

/** Age, Range or free text in place of a date (`onset[x]`). */
function looseTime(value: unknown): string | undefined {
  if (!isRecord(value)) return text(value);
  return quantityText(value) ?? rangeText(value) ?? periodText(value);
}

/**
 * The value of a choice element in words: `anyTime(condition, 'onset')` reads `onsetDateTime`,
 * `onsetPeriod`, `onsetAge`, `onsetRange` or `onsetString`.
 */
export function anyTime(resource: unknown, element: string): string | undefined {
  const r = record(resource);
  return (
    formatDateTime(r[`${element}DateTime`]) ??
    formatDateTime(r[`${element}Instant`]) ??
    periodText(r[`${element}Period`]) ??
    looseTime(r[`${element}Age`]) ??
    looseTime(r[`${element}Range`]) ??
    looseTime(r[`${element}String`])
  );
}

function ratioText(ratio: unknown): string | undefined {
  const r = record(ratio);
  const above = quantityText(r['numerator']);
  const below = quantityText(r['denominator']);
  return above && below ? `${above} : ${below}` : undefined;
}

/** `value[x]` of an Observation or one of its components; booleans as `true` and `false` codes. */
export function observedValue(holder: unknown): string | undefined {
  const o = record(holder);
  const bool = o['valueBoolean'];
  return (
    quantityText(o['valueQuantity']) ??
    conceptText(o['valueCodeableConcept']) ??
    text(o['valueString']) ??
    text(o['valueInteger']) ??
    (typeof bool === 'boolean' ? String(bool) : undefined) ??
    rangeText(o['valueRange']) ??
    ratioText(o['valueRatio']) ??
    text(o['valueTime']) ??
    formatDateTime(o['valueDateTime']) ??
    periodText(o['valuePeriod'])
  );
}

export interface Measured {
  readonly label: string | undefined;
  readonly value: string | undefined;
  readonly absent: string | undefined;
  readonly interpretation: Interpretation | undefined;
}

const LOINC_SYSTOLIC = '8480-6';
const LOINC_DIASTOLIC = '8462-4';

const has = (component: Json, code: string): boolean =>
  records(record(component['code'])['coding']).some((c) => c['code'] === code);

/**
 * What an Observation says: its value, then its components one by one. A blood pressure is one
 * value, `120/80 mmHg`, when both parts are there in the same unit.
 */
export function measurements(observation: unknown): readonly Measured[] {
  const o = record(observation);
  const own = measured(o, undefined);
  const components = records(o['component']);
  const systolic = components.find((c) => has(c, LOINC_SYSTOLIC));
  const diastolic = components.find((c) => has(c, LOINC_DIASTOLIC));
  const pressure = systolic && diastolic && joinPressure(systolic, diastolic);
  const rest = components.filter((c) => !pressure || (c !== systolic && c !== diastolic));
  const parts = rest.map((c) => measured(c, conceptText(c['code'])));
  return [
    ...(own.value !== undefined || components.length === 0 ? [own] : []),
    ...(pressure
      ? [{ ...own, value: pressure, absent: undefined, interpretation: interpretation(o) }]
      : []),
    ...parts,
  ];
}

function joinPressure(systolic: Json, diastolic: Json): string | undefined {
  const high = record(systolic['valueQuantity']);
  const low = record(diastolic['valueQuantity']);
  const [above, below] = [number(high['value']), number(low['value'])];
  if (above === undefined || below === undefined || high['unit'] !== low['unit']) return undefined;
  if (high['comparator'] !== undefined || low['comparator'] !== undefined) return undefined;
  const unit = shownUnit(high);
  return `${above}/${below}${unit ? ` ${unit}` : ''}`;
}

function measured(holder: Json, label: string | undefined): Measured {
  return {
    label,
    value: observedValue(holder),
    absent: conceptText(holder['dataAbsentReason']),
    interpretation: interpretation(holder),
  };
}

export interface Interpretation {
  readonly text: string;
  /** How far it asks for attention; the words carry the meaning. */
  readonly level: 'normal' | 'abnormal' | 'critical';
  readonly direction: 'high' | 'low' | undefined;
}

/** http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation, the codes in common use. */
const CODES: Readonly<Record<string, Interpretation>> = {
  N: { text: 'Normal', level: 'normal', direction: undefined },
  A: { text: 'Abnormal', level: 'abnormal', direction: undefined },
  AA: { text: 'Critical', level: 'critical', direction: undefined },
  H: { text: 'High', level: 'abnormal', direction: 'high' },
  HU: { text: 'Significantly high', level: 'abnormal', direction: 'high' },
  HH: { text: 'Critical high', level: 'critical', direction: 'high' },
  L: { text: 'Low', level: 'abnormal', direction: 'low' },
  LU: { text: 'Significantly low', level: 'abnormal', direction: 'low' },
  LL: { text: 'Critical low', level: 'critical', direction: 'low' },
};

/**
 * The interpretation that the laboratory sent. Nothing is concluded here from a reference range:
 * which range holds for this person is the laboratory's knowledge.
 */
export function interpretation(holder: unknown): Interpretation | undefined {
  for (const concept of records(record(holder)['interpretation'])) {
    const code = records(concept['coding'])
      .map((c) => text(c['code']))
      .find((c) => c !== undefined);
    const known = code !== undefined && Object.hasOwn(CODES, code) ? CODES[code] : undefined;
    if (known) return known;
    const words = conceptText(concept);
    if (words) return { text: words, level: 'normal', direction: undefined };
  }
  return undefined;
}

/** `4 - 5.6`, as laboratories type it. */
const HYPHEN_RANGE = /^(\d+(?:\.\d+)?)\s*-\s*(\d+(?:\.\d+)?)(?!\S*[-/])/;

/** The reference ranges of an Observation in words, each with whom it applies to. */
export function referenceRanges(observation: unknown): readonly string[] {
  return records(record(observation)['referenceRange']).flatMap((range) => {
    const shown = text(range['text'])?.replace(HYPHEN_RANGE, '$1–$2') ?? rangeText(range);
    if (shown === undefined) return [];
    const who = [...conceptTexts(range['appliesTo']), conceptText(range['type'])]
      .filter((t) => t !== undefined && t !== 'Normal Range')
      .join(', ');
    return [who ? `${shown} (${who})` : shown];
  });
}
