import type { Translate } from '#i18n/provider.tsx';
import { messages } from './messages.ts';

type Id = keyof (typeof messages)['en'];

/** Those that hold a value of their own. */
const WITH_VALUE: readonly (readonly [Id, RegExp])[] = [
  ['atLeast', /^must be at least (.+)$/],
  ['atMost', /^must be at most (.+)$/],
  ['status', /^could not be fetched: the web server answered (.+)$/],
  ['mustBe', /^must be (.+)$/s],
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
    const value = pattern.exec(message)?.[1];
    if (value !== undefined) return t(id, { value });
  }
  return message;
}
