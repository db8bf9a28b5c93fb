import type { Translate } from '#i18n/provider.tsx';
import { messages } from './messages.ts';

type Id = keyof (typeof messages)['en'];

/** Matches the position before a JSON fault. */
const PLACE = 'line (?<line>\\d+), column (?<column>\\d+): ';

/** Messages that contain values. */
const WITH_VALUE: readonly (readonly [Id, RegExp])[] = [
  ['atLeast', /^must be at least (?<value>.+)$/],
  ['atMost', /^must be at most (?<value>.+)$/],
  ['status', /^could not be fetched: the web server answered (?<value>.+)$/],
  ['oneOf', /^must be one of: (?<value>.+)$/s],
  ['unknownLike', /^is not a known field; perhaps (?<value>.+)$/],
  ['twice', /^is used twice: (?<value>.+)$/s],
  ['jsonComma', new RegExp(`${PLACE}no comma may stand before a closing bracket$`)],
  ['jsonNoComma', new RegExp(`${PLACE}a comma is missing before this$`)],
  ['jsonComment', new RegExp(`${PLACE}JSON has no comments$`)],
  ['jsonQuotes', new RegExp(`${PLACE}names and texts stand in straight quotes`)],
  ['jsonText', new RegExp(`${PLACE}this text has no closing quote`)],
  ['jsonEnd', new RegExp(`${PLACE}the file ends before its last bracket`)],
  ['jsonOther', new RegExp(`${PLACE}this is not JSON$`)],
];

/**
 * Returns the text of a `config.json` problem in the current language. The check emits English,
 * also on the command line, and the English text is the key: other languages are loaded only by
 * pages that show a problem.
 */
export function problemText(message: string, t: Translate<Id>): string {
  const ids = Object.keys(messages.en) as Id[];
  const same = ids.find((id) => messages.en[id] === message);
  if (same) return t(same);
  for (const [id, pattern] of WITH_VALUE) {
    const values = pattern.exec(message)?.groups;
    if (values) return t(id, values);
  }
  return message;
}
