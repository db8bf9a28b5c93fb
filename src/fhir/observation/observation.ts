import { isRecord, record, records, text, type Json } from '#lib/narrow.ts';
import { codedText, codedTexts } from '../coded/coded-text.ts';
import { absentReason, choiceAbsentReason } from '../values/absent-reason.ts';
import { conceptText, hasCode } from '../values/coding.ts';
import { asWritten } from '../values/exact-numbers.ts';
import { interpretations, type Interpretation } from './observation-interpretation.ts';
import { unitText } from '../values/units.ts';
import { choiceText, formatAges, formatRange, shownUnit } from '../values/values.ts';

/** `4 - 5.6`, as laboratories type it. */
const HYPHEN_RANGE = /^(\d+(?:\.\d+)?)\s*-\s*(\d+(?:\.\d+)?)(?!\S*[-/])/;

/** A number in a text that people typed: `5.0`, `.4`, `3,5`. */
const NUMBERS = /\d*[.,]?\d+/g;

/**
 * Whether a text holds each bound of a range. Where there is only one, its number must follow a
 * sign as in `< 18`: `18 years and over` is no limit.
 */
function holdsBounds(written: string, range: Json): boolean {
  const bounds = ['low', 'high'].map((end) => asWritten(range[end], 'value')).filter(Boolean);
  const numbers = [...written.matchAll(NUMBERS)]
    .filter(({ index }) => bounds.length > 1 || /[<>≤≥=–-]\s*$/.test(written.slice(0, index)))
    .map(([n]) => Number(n.replace(',', '.')));
  return bounds.every((bound) => numbers.includes(Math.abs(Number(bound))));
}

/** A text that ends in a unit that is also recorded, with that unit in the spelling of the value's. */
function withUnit(written: string, recorded: readonly unknown[]): string {
  const units = recorded.flatMap((q) => [record(q)['unit'], record(q)['code']]).map(text);
  const unit = units.find((u) => u !== undefined && written.endsWith(` ${u}`));
  return unit ? written.slice(0, -unit.length) + (unitText(unit) ?? unit) : written;
}

/** The ranges that a value is judged by: `3.5–5.1 mmol/L`, each with whom it is for. */
export function referenceRanges(holder: unknown): readonly string[] {
  return records(record(holder)['referenceRange']).flatMap((range) => {
    const typed = text(range['text'])?.replace(HYPHEN_RANGE, '$1–$2');
    const units = [range['low'], range['high'], record(holder)['valueQuantity']];
    const written = typed && withUnit(typed, units);
    const numbers = formatRange(range);
    // Text that does not hold the limits stands beside them, not for them.
    const beside = written !== undefined && numbers !== undefined && !holdsBounds(written, range);
    const shown = beside ? numbers : (written ?? numbers);
    if (shown === undefined) return [];
    const kind = hasCode(range['type'], 'normal') ? undefined : codedText(range['type']);
    const who = [
      beside ? written : undefined,
      ...codedTexts(range['appliesTo']),
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

/**
 * The code of data-absent-reason that a concept is no more than. A NullFlavor for which there is
 * none, such as "trace", says something: their codes are in capitals.
 */
function reasonCode(concept: unknown): string | undefined {
  const reason = absentReason(concept);
  return reason && /^[a-z-]+$/.test(reason) ? reason : undefined;
}

/** The words of a value; undefined where there is none, or only a code that says why. */
export const valueText = (holder: Json): string | undefined =>
  reasonCode(holder['valueCodeableConcept']) ? undefined : choiceText(holder, 'value');

function measurement(holder: Json, label: string | undefined): Measurement {
  const truth = holder['valueBoolean'];
  const reason = reasonCode(holder['valueCodeableConcept']);
  const value = typeof truth === 'boolean' ? truth : valueText(holder);
  const why = holder['dataAbsentReason'];
  return {
    label,
    value,
    // A code, for which the page has words in its language, before those of the server.
    absent:
      reasonCode(why) ??
      conceptText(why) ??
      reason ??
      (value === undefined ? choiceAbsentReason(holder, 'value') : undefined),
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
  const parts = rest.map((c) => measurement(c, codedText(c['code'])));
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

/**
 * What was said of a blood pressure as a whole and of its two parts, without repeats: a flag that
 * only one of them has, and every range, names its part.
 */
function said(
  own: Measurement,
  ...parts: readonly (Json | undefined)[]
): Pick<Measurement, 'interpretations' | 'ranges'> {
  const name = ({ code, text: words }: Interpretation): string => `${code} ${words}`;
  const flags = parts.map((part) => {
    const of = codedText(part?.['code']);
    return interpretations(part).map((flag) => ({ ...flag, of }));
  });
  const ofAll = (flag: Interpretation): boolean =>
    flags.every((others) => others.some((other) => name(other) === name(flag)));
  const all = [
    ...own.interpretations,
    ...flags.flat().map((flag) => (ofAll(flag) ? { ...flag, of: undefined } : flag)),
  ];
  const ranges = parts.flatMap((part) =>
    referenceRanges(part).map((range) =>
      [codedText(part?.['code']), range].filter(Boolean).join(' '),
    ),
  );
  return {
    interpretations: [...new Map(all.map((flag) => [`${flag.of} ${name(flag)}`, flag])).values()],
    ranges: [...new Set([...own.ranges, ...ranges])],
  };
}
