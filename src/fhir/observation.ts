import { list, number, record, records, text } from '#lib/narrow.ts';
import { conceptText, hasCode } from './coding.ts';
import { choiceText, formatQuantity, formatRange } from './values.ts';

export type Tone = 'critical' | 'high' | 'low' | 'abnormal' | 'normal';

/** http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation */
const TONES: Readonly<Record<string, Tone>> = {
  HH: 'critical',
  LL: 'critical',
  AA: 'critical',
  HU: 'high',
  LU: 'low',
  H: 'high',
  L: 'low',
  '>': 'high',
  '<': 'low',
  A: 'abnormal',
  POS: 'abnormal',
  R: 'abnormal',
  N: 'normal',
  NEG: 'normal',
  S: 'normal',
};

export interface Interpretation {
  readonly text: string;
  readonly tone: Tone | undefined;
}

/** What the laboratory or device says of a value: always with its text, never by colour alone. */
export function interpretations(holder: unknown): readonly Interpretation[] {
  return list(record(holder)['interpretation']).flatMap((concept): Interpretation[] => {
    const code = records(record(concept)['coding'])
      .map((c) => text(c['code']))
      .find((c) => c !== undefined && Object.hasOwn(TONES, c));
    const words = conceptText(concept);
    return words === undefined
      ? []
      : [{ text: words, tone: code === undefined ? undefined : TONES[code] }];
  });
}

/** The ranges that a value is judged by: `3.5–5.1 mmol/L`, with who they are for. */
export function referenceRanges(holder: unknown): readonly string[] {
  return records(record(holder)['referenceRange']).flatMap((r) => {
    const range = text(r['text']) ?? formatRange(r);
    if (range === undefined) return [];
    const meant = conceptText(r['type']);
    return [meant === undefined ? range : `${range} (${meant})`];
  });
}

export interface Measurement {
  readonly label: string | undefined;
  /** Undefined where there is none; see `absent`. */
  readonly value: string | undefined;
  /** Why there is no value. */
  readonly absent: string | undefined;
  readonly interpretations: readonly Interpretation[];
  readonly ranges: readonly string[];
}

function measurement(holder: unknown): Measurement {
  const h = record(holder);
  return {
    label: conceptText(h['code']),
    value: choiceText(h, 'value'),
    absent: conceptText(h['dataAbsentReason']),
    interpretations: interpretations(h),
    ranges: referenceRanges(h),
  };
}

const LOINC = 'http://loinc.org';

function component(observation: unknown, code: string): unknown {
  return records(record(observation)['component']).find((c) => hasCode(c['code'], code, LOINC));
}

/** `120/80 mmHg` where an observation has a systolic and a diastolic component. */
export function bloodPressure(observation: unknown): string | undefined {
  const systolic = record(record(component(observation, '8480-6'))['valueQuantity']);
  const diastolic = record(record(component(observation, '8462-4'))['valueQuantity']);
  const [top, bottom] = [number(systolic['value']), number(diastolic['value'])];
  if (top === undefined || bottom === undefined) return undefined;
  return `${top}/${formatQuantity({ ...diastolic, unit: diastolic['unit'] ?? 'mmHg' })}`;
}

/** An observation with its components, each in words. */
export function readObservation(
  observation: unknown,
): Measurement & { readonly components: readonly Measurement[] } {
  const own = measurement(observation);
  return {
    ...own,
    value: own.value ?? bloodPressure(observation),
    components: records(record(observation)['component']).map(measurement),
  };
}

/** One number for a plot; undefined for text, ranges and values that are only bounds (`< 5`). */
export function numericValue(
  holder: unknown,
): { readonly value: number; readonly unit: string | undefined } | undefined {
  const h = record(holder);
  const quantity = record(h['valueQuantity']);
  const value = number(quantity['value']) ?? number(h['valueInteger']);
  if (value === undefined || text(quantity['comparator']) !== undefined) return undefined;
  return { value, unit: text(quantity['unit']) ?? text(quantity['code']) };
}
