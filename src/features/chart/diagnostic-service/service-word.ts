import { say } from '#i18n/language.ts';
import { messages } from './messages.ts';

/** Returns the word for a code of HL7 table 0074; undefined for a code that is rarely used. */
export function serviceWord(code: string): string | undefined {
  const id = `service.${code}`;
  return Object.hasOwn(messages.en, id) ? say(messages, id as keyof typeof messages.en) : undefined;
}
