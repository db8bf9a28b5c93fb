import { endedBefore, formatDateTime, today } from '#fhir/dates/dates.ts';
import { record, text, type Json } from '#lib/narrow.ts';
import { startOf } from '../cells/local-day.ts';
import type { T } from './messages.ts';

/** Whether a time has passed; a date without a time passes when its day is over. */
const isOver = (end: unknown, now: Date): boolean =>
  typeof end === 'string' && end.includes('T')
    ? (startOf(end) ?? Infinity) < now.getTime()
    : endedBefore({ end }, today(now));

/**
 * Returns whether a location or participant of an encounter is there now, comes later or has left,
 * and how to say so. A participant who stayed until the end of the encounter has not left.
 *
 * @param item of `Encounter.location` or `Encounter.participant`
 *   (status: http://hl7.org/fhir/R4/valueset-encounter-location-status.html)
 */
export function presence(
  item: Json,
  encounter: Json,
  t: T,
  now: Date,
): { readonly when: 'now' | 'later' | 'before'; readonly words?: string } {
  const status = text(item['status']);
  if (status === 'planned' || status === 'reserved')
    return { when: 'later', words: t(`standing.${status}`) };
  const { start, end } = record(item['period']);
  const begins = startOf(start);
  if (begins !== undefined && begins > now.getTime())
    return { when: 'later', words: t('standing.from', { date: formatDateTime(start) ?? '' }) };
  const last = record(encounter['period'])['end'];
  const [left, closed] = [startOf(end), startOf(last)];
  if (left !== undefined && isOver(end, now)) {
    return closed !== undefined && left >= closed
      ? { when: 'now' }
      : { when: 'before', words: t('standing.until', { date: formatDateTime(end) ?? '' }) };
  }
  const over = encounter['status'] === 'finished' || isOver(last, now);
  if (status === 'completed' && !over) return { when: 'before', words: t('standing.former') };
  return { when: 'now' };
}
