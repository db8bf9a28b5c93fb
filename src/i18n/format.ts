import { isRightToLeft } from '#lib/settings.ts';
import type { Message } from './catalogue.ts';

export type Values = Readonly<Record<string, string | number | undefined>>;

/**
 * Elements of a compiled message, numbered as in `@formatjs/icu-messageformat-parser`. Declared
 * here, so that the parser stays out of the bundle.
 */
type Element =
  | { readonly type: 0; readonly value: string }
  | { readonly type: 1; readonly value: string }
  | {
      readonly type: 2;
      readonly value: string;
      readonly style?: { readonly parsedOptions?: Intl.NumberFormatOptions } | string | null;
    }
  | { readonly type: 5; readonly value: string; readonly options: Options }
  | {
      readonly type: 6;
      readonly value: string;
      readonly options: Options;
      readonly offset: number;
      readonly pluralType: Intl.PluralRuleType;
    }
  | { readonly type: 7 };

type Options = Readonly<Record<string, { readonly value: readonly Element[] }>>;

const made = new Map<string, unknown>();

/** Returns a cached value, or creates it. Intl objects are slow to create and cheap to keep. */
export function kept<T>(key: string, make: () => T): T {
  if (!made.has(key)) made.set(key, make());
  return made.get(key) as T;
}

function formatNumber(value: number, locale: string, options?: Intl.NumberFormatOptions): string {
  // All supported languages write these numbers alike, and creating the first Intl.NumberFormat
  // takes 20 ms.
  if (!options && Number.isInteger(value) && value >= 0 && value < 1000) return String(value);
  const key = `number ${locale} ${options ? JSON.stringify(options) : ''}`;
  return kept(key, () => new Intl.NumberFormat(locale, options)).format(value);
}

function pluralOption(
  options: Options,
  value: number,
  offset: number,
  type: Intl.PluralRuleType,
  locale: string,
) {
  const rules = kept(`plural ${locale} ${type}`, () => new Intl.PluralRules(locale, { type }));
  return options[`=${value}`] ?? options[rules.select(value - offset)] ?? options['other'];
}

/**
 * Isolates inserted data in a right-to-left language, so that a name or value in Latin letters
 * keeps its order (FIRST STRONG ISOLATE, UAX #9).
 */
const isolated = (value: string | number, locale: string): string | number =>
  isRightToLeft(locale) && typeof value === 'string' && value ? `\u2068${value}\u2069` : value;

function format(
  elements: readonly Element[],
  locale: string,
  values: Values,
  pound: number | undefined,
): string {
  let text = '';
  for (const element of elements) {
    switch (element.type) {
      case 0:
        text += element.value;
        break;
      case 1:
        text += isolated(values[element.value] ?? '', locale);
        break;
      case 2: {
        const style = typeof element.style === 'object' ? element.style?.parsedOptions : undefined;
        text += formatNumber(Number(values[element.value]), locale, style);
        break;
      }
      case 5: {
        const chosen = element.options[String(values[element.value])] ?? element.options['other'];
        text += format(chosen?.value ?? [], locale, values, pound);
        break;
      }
      case 6: {
        const { options, offset, pluralType } = element;
        const value = Number(values[element.value]);
        const chosen = pluralOption(options, value, offset, pluralType, locale);
        text += format(chosen?.value ?? [], locale, values, value - offset);
        break;
      }
      case 7:
        text += pound === undefined ? '#' : formatNumber(pound, locale);
        break;
    }
  }
  return text;
}

/**
 * Formats one compiled message: arguments, numbers, `select`, `plural` and `selectordinal`. Dates
 * are passed as text (see `src/fhir/dates/dates.ts`).
 *
 * @param message from a catalogue; the build has replaced ICU text by its syntax tree
 * @param locale BCP 47
 */
export function formatMessage(message: Message, locale: string, values: Values = {}): string {
  const compiled: unknown = message;
  return Array.isArray(compiled)
    ? format(compiled as Element[], locale, values, undefined)
    : message;
}
