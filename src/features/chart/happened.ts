import { formatDateTime } from '#fhir/dates.ts';
import { choiceDate, choiceText } from '#fhir/values.ts';
import { text } from '#lib/narrow.ts';
import type { PanelLine, T } from './panel.ts';

/**
 * When something happened: the date of an element of several types, else its words ("in
 * childhood"), else the day on which it was written down, which is said.
 *
 * @param element the name before the type: `onset`, `performed`
 */
export function happened(
  holder: unknown,
  element: string,
  recorded: string | undefined,
  t: T,
): Pick<PanelLine, 'date' | 'when'> {
  const date = choiceDate(holder, element);
  if (date !== undefined) return { date };
  // What has words is not of the year in which they were typed: it stands with the undated.
  const words = text(choiceText(holder, element));
  if (words !== undefined) return { date: undefined, when: words };
  const day = formatDateTime(recorded);
  return { date: recorded, ...(day && { when: t('recordedOn', { date: day }) }) };
}
