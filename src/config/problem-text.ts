import type { Translate } from '#i18n/provider.tsx';
import { messages } from './messages.ts';

type Id = keyof (typeof messages)['en'];

/** A place in the file, before what is wrong there. */
const PLACE = 'line (?<line>\\d+), column (?<column>\\d+): ';

/** Those that hold values of their own. */
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
 * What is wrong with a field of `config.json`, in the language in use. The check itself speaks
 * English, on the command line too, and English is the key: other languages are fetched only by
 * the pages that show a problem.
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
