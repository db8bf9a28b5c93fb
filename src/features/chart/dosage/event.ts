import { timeText } from '#fhir/values/units.ts';
import { number, text } from '#lib/narrow.ts';
import { messages, type T } from './messages.ts';

/** Codes that say before or after: with them an offset says how long. */
const RELATIVE = /^(HS|PHS|WAKE|[AP]C[MDV]?)$/;

/**
 * The event of the day that a dose is tied to: `before breakfast`, `30min before breakfast`.
 * Undefined for a code without words, and for an offset that the code does not give a direction.
 *
 * @param offset in minutes
 * @see https://hl7.org/fhir/R4/valueset-event-timing.html
 */
export function eventText(code: unknown, offset: unknown, t: T): string | undefined {
  const id = `when.${text(code)}`;
  if (!Object.hasOwn(messages.en, id)) return undefined;
  const event = t(id as Parameters<T>[0]);
  if (offset === undefined || offset === 0) return event;
  const minutes = number(offset);
  const time = minutes === undefined ? undefined : timeText(minutes, 'min');
  return time && RELATIVE.test(text(code) ?? '') ? t('offset', { time, event }) : undefined;
}
