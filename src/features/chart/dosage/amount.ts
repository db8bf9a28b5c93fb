import { shownUnit, choiceText, formatQuantity, formatRange } from '#fhir/values/values.ts';
import { timeText } from '#fhir/values/units.ts';
import { number, record, text, type Json } from '#lib/narrow.ts';
import type { T } from './messages.ts';

/**
 * Returns a unit in a form that is safe in a dose: `U` and `IU`, which are misread as zero, four or
 * `IV`, as words, and `µg`, which is misread as `mg`, as `mcg`.
 *
 * @param n amount, for the plural form of the word
 * @see https://www.ismp.org/recommendations/error-prone-abbreviations-list
 */
function doseUnit(unit: string, n: number, t: T): string {
  return unit
    .split(/([/\s])/)
    .map((part, at) => {
      const of = { n: at === 0 ? n : 1 };
      if (/^u$/i.test(part)) return t('units', of);
      if (/^\[?iu\]?$/i.test(part)) return t('internationalUnits', of);
      return /^[µμ]g$/.test(part) ? 'mcg' : part;
    })
    .join('');
}

/** Returns a quantity with its unit as a dose shows it. */
function worded(quantity: unknown, t: T): Json {
  const q = record(quantity);
  const unit = text(q['unit']) ?? text(q['code']);
  return unit ? { ...q, unit: doseUnit(unit, number(q['value']) ?? 0, t) } : q;
}

/** Returns a quantity as text: `500 mg`, `10 units`. */
export const quantityText = (quantity: unknown, t: T): string | undefined =>
  formatQuantity(worded(quantity, t));

/**
 * Returns a ratio as text: `4 g in 24hr`, `250 mg per 5 mL`, `500 mg per capsule`. A colon or a
 * slash between two numbers is misread as a one.
 */
export function ratioText(ratio: unknown, t: T): string | undefined {
  const { numerator, denominator } = record(ratio);
  const amount = quantityText(numerator, t);
  const of = quantityText(denominator, t);
  if (amount === undefined || of === undefined) return amount;
  const below = record(denominator);
  const n = number(below['value']) ?? 0;
  const time = timeText(n, text(below['code']) ?? text(below['unit']));
  if (time !== undefined) return t('in', { dose: amount, time });
  if (n !== 1) return t('per', { amount, of });
  const one = shownUnit(worded(below, t));
  return one === undefined ? amount : t('per', { amount, of: one });
}

/**
 * Returns `doseQuantity`, `doseRange`, `rateRatio` and so on as text, and whether it has a unit.
 */
function amount(holder: Json, element: 'dose' | 'rate', t: T): [string | undefined, boolean] {
  const [quantity, range] = [holder[`${element}Quantity`], record(holder[`${element}Range`])];
  if (quantity !== undefined)
    return [quantityText(quantity, t), shownUnit(record(quantity)) !== undefined];
  const [low, high] = [worded(range['low'], t), worded(range['high'], t)];
  const said = formatRange({ low, high });
  if (said !== undefined) return [said, (shownUnit(high) ?? shownUnit(low)) !== undefined];
  return [ratioText(holder[`${element}Ratio`], t) ?? choiceText(holder, element), true];
}

/**
 * Returns the amount of one dose, never as a bare number, which could be read together with the
 * next number. Undefined if nothing is recorded or it has no text.
 */
export function doseText(doseAndRate: Json, t: T): string | undefined {
  const [said, unit] = amount(doseAndRate, 'dose', t);
  return said && !unit ? t('dose', { n: said }) : said;
}

/** Returns the rate; undefined if nothing is recorded or it has no unit. */
export function rateText(doseAndRate: Json, t: T): string | undefined {
  const [said, unit] = amount(doseAndRate, 'rate', t);
  return unit ? said : undefined;
}
