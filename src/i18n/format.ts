import { IntlMessageFormat } from 'intl-messageformat';
import type { Message } from './catalogue.ts';

export type Values = Readonly<Record<string, string | number | undefined>>;

type Ast = ConstructorParameters<typeof IntlMessageFormat>[0];

// Keyed by the compiled message object itself: one formatter a message and language.
const cache = new Map<string, WeakMap<object, IntlMessageFormat>>();

/**
 * Formats one compiled message.
 *
 * @param message from a catalogue; the build has replaced the ICU text by its syntax tree
 * @param locale BCP 47
 */
export function formatMessage(message: Message, locale: string, values?: Values): string {
  const ast: unknown = message;
  if (typeof ast !== 'object' || ast === null) return message;
  let formats = cache.get(locale);
  if (!formats) cache.set(locale, (formats = new WeakMap()));
  let format = formats.get(ast);
  if (!format) formats.set(ast, (format = new IntlMessageFormat(ast as Ast, locale)));
  return String(format.format(values));
}
