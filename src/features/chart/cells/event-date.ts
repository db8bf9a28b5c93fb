import { formatDateTime } from '#fhir/dates/dates.ts';
import { choiceDate, choiceText, formatPeriod } from '#fhir/values/values.ts';
import { list, record, text } from '#lib/narrow.ts';
import { listText } from '#i18n/list.ts';
import type { PanelLine, T } from '../panel.ts';

/**
 * Returns when an event happened: the date of a choice element, with the end of a period, else its
 * text ("in childhood"), else the date of recording, marked as such.
 *
 * @param element name of the choice element without the type: `onset`, `performed`
 * @param recorded date of recording or, with `word`, of release
 */
export function eventDate(
  holder: unknown,
  element: string,
  recorded: string | undefined,
  t: T,
  word: 'recordedOn' | 'issuedOn' = 'recordedOn',
): Pick<PanelLine, 'date' | 'when'> {
  const date = choiceDate(holder, element);
  const period = record(record(holder)[`${element}Period`]);
  // What has ended must not look as if it lasted.
  const when = text(period['end']) && formatPeriod(period);
  if (date !== undefined) return { date, ...(when && { when }) };
  // An event with only a text did not happen on the recording date: it sorts as undated.
  const words = text(choiceText(holder, element));
  if (words !== undefined) return { date: undefined, when: words };
  const day = formatDateTime(recorded);
  return { date: recorded, ...(day && { when: t(word, { date: day }) }) };
}

/**
 * Returns the time of a result: a day, a whole period or all of several times, else the release
 * date, marked as such. A result may be released long after its sample was taken.
 */
export function resultTime(result: unknown, t: T): Pick<PanelLine, 'date' | 'when'> {
  const r = record(result);
  const times = list(record(r['effectiveTiming'])['event']).map(formatDateTime);
  const several = times.length > 1 ? listText(times.filter((x) => x !== undefined)) : undefined;
  const words = formatPeriod(r['effectivePeriod']) ?? several;
  const line = eventDate(r, 'effective', text(r['issued']), t, 'issuedOn');
  return words === undefined ? line : { ...line, when: words };
}
