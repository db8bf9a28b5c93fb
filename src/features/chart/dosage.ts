import { conceptText, conceptTexts } from '#fhir/coding.ts';
import { timeText } from '#fhir/units.ts';
import { choiceText, formatQuantity } from '#fhir/values.ts';
import { longText } from '#lib/long-text.ts';
import { number, record, records, text, type Json } from '#lib/narrow.ts';
import type { T } from './panel.ts';

/** What of `Timing.repeat` is put into words. */
const SAID = new Set(['frequency', 'frequencyMax', 'period', 'periodMax', 'periodUnit']);

const upTo = (from: number, most: number | undefined): string | number =>
  most === undefined || most === from ? from : `${from}–${most}`;

/** `2 × a day`, `1 × every 8hr`; undefined where more than that is said. */
function howOften(repeat: Json, t: T): string | undefined {
  const length = number(repeat['period']);
  if (length === undefined || Object.keys(repeat).some((key) => !SAID.has(key))) return undefined;
  const n = upTo(number(repeat['frequency']) ?? 1, number(repeat['frequencyMax']));
  const long = upTo(length, number(repeat['periodMax']));
  const unit = text(repeat['periodUnit']);
  if (long === 1 && unit === 'd') return t('dosageDaily', { n });
  const period = timeText(long, unit);
  return period === undefined ? undefined : t('dosageTiming', { n, period });
}

/** When, and whether all of it was said: a code stands for the whole but for its bounds (R4 Timing). */
function timing(value: unknown, t: T): readonly [words: string | undefined, all: boolean] {
  const { code, repeat, event } = record(value);
  const rest = record(repeat);
  const words = conceptText(code);
  const bound = Object.keys(rest).some((key) => key.startsWith('bounds'));
  if (words !== undefined) return [words, !bound];
  const often = howOften(rest, t);
  return [often, event === undefined && (often !== undefined || Object.keys(rest).length === 0)];
}

/**
 * A dosage as its author wrote it, else its parts in words. Nothing is passed over: where there is
 * more than can be said here, that is said.
 */
export function dosageText(dosage: unknown, t: T): string | undefined {
  const d = record(dosage);
  const written = longText(d['text']);
  if (written) return written;
  const [first, ...others] = records(d['doseAndRate']);
  const [when, all] = timing(d['timing'], t);
  const reason = conceptText(d['asNeededCodeableConcept']);
  const most = choiceText({ valueRatio: d['maxDosePerPeriod'] }, 'value');
  const [once, ever] = [d['maxDosePerAdministration'], d['maxDosePerLifetime']].map(formatQuantity);
  const parts = [
    choiceText(first, 'dose'),
    choiceText(first, 'rate'),
    when,
    reason ? `${t('asNeeded')} (${reason})` : d['asNeededBoolean'] === true && t('asNeeded'),
    once && t('dosageMostOnce', { dose: once }),
    most && t('dosageMost', { dose: most }),
    ever && t('dosageMostEver', { dose: ever }),
    conceptText(d['route']),
    conceptText(d['site']),
    conceptText(d['method']),
    ...conceptTexts(d['additionalInstruction']),
    longText(d['patientInstruction']),
    (!all || others.length > 0) && t('dosageMore'),
  ];
  return parts.filter(Boolean).join(', ') || undefined;
}
