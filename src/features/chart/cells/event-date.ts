import { formatDateTime } from '#fhir/dates/dates.ts';
import { choiceDate, choiceText, formatPeriod } from '#fhir/values/values.ts';
import { list, record, text } from '#lib/narrow.ts';
import { listText } from '#i18n/list.ts';
import type { PanelLine, T } from '../panel.ts';

/**
 * When something happened: the date of an element of several types, else its words ("in
 * childhood"), else the day on which it was written down, which is said.
 *
 * @param element the name before the type: `onset`, `performed`
 * @param recorded when it was written down or, with `word`, released
 */
export function eventDate(
  holder: unknown,
  element: string,
  recorded: string | undefined,
  t: T,
  word: 'recordedOn' | 'issuedOn' = 'recordedOn',
): Pick<PanelLine, 'date' | 'when'> {
  const date = choiceDate(holder, element);
  if (date !== undefined) return { date };
  // What has words is not of the year in which they were typed: it stands with the undated.
  const words = text(choiceText(holder, element));
  if (words !== undefined) return { date: undefined, when: words };
  const day = formatDateTime(recorded);
  return { date: recorded, ...(day && { when: t(word, { date: day }) }) };
}

/**
 * Of which time a result is: a day, all of a period or every time of several, else the day on which
 * it was released, which is said. A result may be released long after its sample was taken.
 */
export function resultTime(result: unknown, t: T): Pick<PanelLine, 'date' | 'when'> {
  const r = record(result);
  const times = list(record(r['effectiveTiming'])['event']).map(formatDateTime);
  const several = times.length > 1 ? listText(times.filter((x) => x !== undefined)) : undefined;
  const words = formatPeriod(r['effectivePeriod']) ?? several;
  const line = eventDate(r, 'effective', text(r['issued']), t, 'issuedOn');
  return words === undefined ? line : { ...line, when: words };
}
