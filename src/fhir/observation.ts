import { isRecord, record, records, text, type Json } from '#lib/narrow.ts';
import { conceptText, conceptTexts, hasCode } from './coding.ts';
import { asWritten } from './exact-numbers.ts';
import { choiceText, formatAges, formatRange, shownUnit } from './values.ts';

/** How far a value asks for attention; the words beside it carry the meaning. */
export type Level = 'normal' | 'abnormal' | 'critical';

interface Meaning {
  readonly level: Level;
  readonly direction?: 'high' | 'low';
}

/** http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation, the codes in common use. */
const MEANINGS = {
  N: { level: 'normal' },
  A: { level: 'abnormal' },
  AA: { level: 'critical' },
  H: { level: 'abnormal', direction: 'high' },
  HU: { level: 'abnormal', direction: 'high' },
  HH: { level: 'critical', direction: 'high' },
  L: { level: 'abnormal', direction: 'low' },
  LU: { level: 'abnormal', direction: 'low' },
  LL: { level: 'critical', direction: 'low' },
  '>': { level: 'abnormal', direction: 'high' },
  '<': { level: 'abnormal', direction: 'low' },
  POS: { level: 'abnormal' },
  NEG: { level: 'normal' },
  DET: { level: 'abnormal' },
  ND: { level: 'normal' },
  IND: { level: 'abnormal' },
  R: { level: 'abnormal' },
  I: { level: 'abnormal' },
  S: { level: 'normal' },
} as const satisfies Readonly<Record<string, Meaning>>;

export type InterpretationCode = keyof typeof MEANINGS;

export interface Interpretation extends Meaning {
  /** One of the known codes, for words in the language of the page. */
  readonly code: InterpretationCode | undefined;
  /** What the server wrote. */
  readonly text: string | undefined;
}

const isCode = (code: string): code is InterpretationCode => Object.hasOwn(MEANINGS, code);

/**
 * What the laboratory or device says of a value. Nothing is concluded here from a reference range:
 * which range holds for this person is the laboratory's knowledge.
 */
export function interpretations(holder: unknown): readonly Interpretation[] {
  return records(record(holder)['interpretation']).flatMap((concept): Interpretation[] => {
    const code = records(concept['coding'])
      .map((c) => text(c['code']))
      .find((c) => c !== undefined && isCode(c));
    const words = conceptText(concept);
    if (code !== undefined && isCode(code)) return [{ ...MEANINGS[code], code, text: words }];
    return words === undefined ? [] : [{ level: 'normal', code: undefined, text: words }];
  });
}

/** `4 - 5.6`, as laboratories type it. */
const HYPHEN_RANGE = /^(\d+(?:\.\d+)?)\s*-\s*(\d+(?:\.\d+)?)(?!\S*[-/])/;

/** The ranges that a value is judged by: `3.5–5.1 mmol/L`, each with whom it is for. */
export function referenceRanges(holder: unknown): readonly string[] {
  return records(record(holder)['referenceRange']).flatMap((range) => {
    const written = text(range['text'])?.replace(HYPHEN_RANGE, '$1–$2');
    const numbers = formatRange(range);
    // Text that holds no number of its own stands beside the numbers, not for them.
    const beside = written !== undefined && numbers !== undefined && !/\d/.test(written);
    const shown = beside ? numbers : (written ?? numbers);
    if (shown === undefined) return [];
    const kind = hasCode(range['type'], 'normal') ? undefined : conceptText(range['type']);
    const who = [
      beside ? written : undefined,
      ...conceptTexts(range['appliesTo']),
      kind,
      formatAges(range['age']),
    ]
      .filter((t) => t !== undefined)
      .join(', ');
    return [who ? `${shown} (${who})` : shown];
  });
}

/** One value of an Observation: its own, or that of a component. */
export interface Measurement {
  /** What was measured, where it is a part of more. */
  readonly label: string | undefined;
  /** Undefined where there is none; see `absent`. A boolean stays one. */
  readonly value: string | boolean | undefined;
  /** Why there is no value. */
  readonly absent: string | undefined;
  /** The type of a value that words cannot say, such as the curve of an ECG. */
  readonly unsaid?: string;
  readonly interpretations: readonly Interpretation[];
  readonly ranges: readonly string[];
}

const UNSAID: Measurement = {
  label: undefined,
  value: undefined,
  absent: undefined,
  interpretations: [],
  ranges: [],
};

function measurement(holder: Json, label: string | undefined): Measurement {
  const truth = holder['valueBoolean'];
  return {
    label,
    value: typeof truth === 'boolean' ? truth : choiceText(holder, 'value'),
    absent: conceptText(holder['dataAbsentReason']),
    ...(isRecord(holder['valueSampledData']) && { unsaid: 'SampledData' }),
    interpretations: interpretations(holder),
    ranges: referenceRanges(holder),
  };
}

const SYSTOLIC = '8480-6';
const DIASTOLIC = '8462-4';

/** `120/80 mmHg`; undefined where one of the two is missing, is a bound, or has another unit. */
function pressure(systolic: Json | undefined, diastolic: Json | undefined): string | undefined {
  const [top, bottom] = [record(systolic?.['valueQuantity']), record(diastolic?.['valueQuantity'])];
  const [above, below] = [asWritten(top, 'value'), asWritten(bottom, 'value')];
  if (above === undefined || below === undefined || shownUnit(top) !== shownUnit(bottom)) {
    return undefined;
  }
  if (top['comparator'] !== undefined || bottom['comparator'] !== undefined) return undefined;
  return [`${above}/${below}`, shownUnit(top)].filter(Boolean).join(' ');
}

/**
 * What an Observation says: its value, then its components one by one. A blood pressure is one
 * value, `120/80 mmHg`, when both parts are there in the same unit; what was said of either part
 * stands with it.
 */
export function measurements(observation: unknown): readonly Measurement[] {
  const o = record(observation);
  const own = measurement(o, undefined);
  const components = records(o['component']);
  const [systolic, diastolic] = [SYSTOLIC, DIASTOLIC].map((code) =>
    components.find((c) => hasCode(c['code'], code)),
  );
  const joined = pressure(systolic, diastolic);
  const rest = components.filter((c) => !joined || (c !== systolic && c !== diastolic));
  const parts = rest.map((c) => measurement(c, conceptText(c['code'])));
  if (joined) {
    // A value beside the two, such as the mean, is one more; what was said of it stays with it.
    const extra = own.value === undefined && own.unsaid === undefined ? [] : [own];
    const whole = extra.length > 0 ? UNSAID : own;
    return [...extra, { ...UNSAID, value: joined, ...said(whole, systolic, diastolic) }, ...parts];
  }
  const hasOwn =
    components.length === 0 ||
    own.value !== undefined ||
    own.absent !== undefined ||
    own.unsaid !== undefined ||
    own.interpretations.length > 0 ||
    own.ranges.length > 0;
  return hasOwn ? [own, ...parts] : parts;
}

/** What was said of a blood pressure as a whole and of its two parts, without repeats. */
function said(
  own: Measurement,
  ...parts: readonly (Json | undefined)[]
): Pick<Measurement, 'interpretations' | 'ranges'> {
  const all = [...own.interpretations, ...parts.flatMap(interpretations)];
  const seen = new Set<string | undefined>();
  return {
    interpretations: all.filter(({ code, text: words }) => {
      const name = code ?? words;
      return !seen.has(name) && seen.add(name);
    }),
    ranges: [...new Set([...own.ranges, ...parts.flatMap(referenceRanges)])],
  };
}
