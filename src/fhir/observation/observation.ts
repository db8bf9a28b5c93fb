import { isRecord, record, records, text, type Json } from '#lib/narrow.ts';
import { codedText, codedTexts } from '../coded/coded-text.ts';
import { absentReason, choiceAbsentReason } from '../values/absent-reason.ts';
import { conceptText, hasCode } from '../values/coding.ts';
import { asWritten } from '../values/exact-numbers.ts';
import { interpretations, type Interpretation } from './observation-interpretation.ts';
import { unitText } from '../values/units.ts';
import { choiceText, formatAges, formatRange, shownUnit } from '../values/values.ts';

/** Matches a typed range such as `4 - 5.6`. */
const HYPHEN_RANGE = /^(\d+(?:\.\d+)?)\s*-\s*(\d+(?:\.\d+)?)(?!\S*[-/])/;

/** Matches numbers in typed text: `5.0`, `.4`, `3,5`. */
const NUMBERS = /\d*[.,]?\d+/g;

/**
 * Whether a text contains each bound of a range. A single bound must follow a sign, as in `< 18`,
 * because the number in `18 years and over` is not the bound.
 */
function holdsBounds(written: string, range: Json): boolean {
  const bounds = ['low', 'high'].map((end) => asWritten(range[end], 'value')).filter(Boolean);
  const numbers = [...written.matchAll(NUMBERS)]
    .filter(({ index }) => bounds.length > 1 || /[<>≤≥=–-]\s*$/.test(written.slice(0, index)))
    .map(([n]) => Number(n.replace(',', '.')));
  return bounds.every((bound) => numbers.includes(Math.abs(Number(bound))));
}

/** Respells the unit at the end of a text as in values, if that unit is also recorded. */
function withUnit(written: string, recorded: readonly unknown[]): string {
  const units = recorded.flatMap((q) => [record(q)['unit'], record(q)['code']]).map(text);
  const unit = units.find((u) => u !== undefined && written.endsWith(` ${u}`));
  return unit ? written.slice(0, -unit.length) + (unitText(unit) ?? unit) : written;
}

/** Returns reference ranges as text: `3.5–5.1 mmol/L`, each with the people that it applies to. */
export function referenceRanges(holder: unknown): readonly string[] {
  return records(record(holder)['referenceRange']).flatMap((range) => {
    const typed = text(range['text'])?.replace(HYPHEN_RANGE, '$1–$2');
    const units = [range['low'], range['high'], record(holder)['valueQuantity']];
    const written = typed && withUnit(typed, units);
    const numbers = formatRange(range);
    // A text without the limits is shown in addition to them, not instead.
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

/** One value of an Observation or of one of its components. */
export interface Measurement {
  /** Name of the component; undefined for the Observation itself. */
  readonly label: string | undefined;
  /** The value; undefined if there is none, see `absent`. The page puts a boolean into words. */
  readonly value: string | boolean | undefined;
  /** Why there is no value, as a code of data-absent-reason or a text. */
  readonly absent: string | undefined;
  /** Type of a value that cannot be shown as text, such as the curve of an ECG. */
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
 * Returns the data-absent-reason of a concept that says nothing else. A NullFlavor without such a
 * reason, such as "trace", is a value; its code stays in capitals and does not match.
 */
function reasonCode(concept: unknown): string | undefined {
  const reason = absentReason(concept);
  return reason && /^[a-z-]+$/.test(reason) ? reason : undefined;
}

/** Returns a value as text; undefined if there is none or only a reason for its absence. */
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
    // A code, which the page can translate, has priority over the server's text.
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

/** Returns `120/80 mmHg`; undefined if a part is missing, has a comparator or another unit. */
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
 * Returns the values of an Observation: its own, then those of its components. The two parts of a
 * blood pressure with the same unit are one value, `120/80 mmHg`, with the interpretations and
 * ranges of both.
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
    // The Observation may have its own value, too, such as the mean, with its own interpretations.
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
 * Returns interpretations and ranges of a blood pressure and its two parts, without repeats. A
 * range, and an interpretation that only one part has, name their part.
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
