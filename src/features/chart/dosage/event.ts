import { timeText } from '#fhir/values/units.ts';
import { number, text } from '#lib/narrow.ts';
import { messages, type T } from './messages.ts';

/** Codes that mean before or after an event: only with these an offset has a direction. */
const RELATIVE = /^(HS|PHS|WAKE|[AP]C[MDV]?)$/;

/**
 * Returns the event of the day that a dose is tied to: `before breakfast`, `30min before
 * breakfast`. Undefined for a code without a translation, and for an offset to which the code gives
 * no direction.
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
