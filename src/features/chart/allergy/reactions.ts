import type { AllergyIntolerance } from 'fhir/r4';
import type { ReactNode } from 'react';
import { absentReason } from '#fhir/values/absent-reason.ts';
import { formatDateTime } from '#fhir/dates/dates.ts';
import { listText } from '#i18n/list.ts';
import { longText, noteTexts } from '#lib/long-text.ts';
import { list, records, text, type Json } from '#lib/narrow.ts';
import { conceptWords, statusWord } from '../cells/cells.tsx';
import { cut } from '../cells/cut.ts';
import { labelledLine } from '../cells/labelled-line.tsx';
import type { T } from '../panel.ts';
import { allergyWords } from './allergy-words.ts';

/** Returns a reaction with manifestations and severity, then every other text about it. */
function told(
  reaction: Json,
  allergy: AllergyIntolerance,
  t: T,
): readonly [string, ...(string | undefined)[]] {
  const severity = text(reaction['severity']);
  const words = (concept: unknown): string | undefined => conceptWords(concept, t);
  // The reaction may name a narrower substance than the record.
  const substance = words(reaction['substance']);
  const to = substance === allergyWords(allergy, t) ? undefined : substance;
  // Before the signs, "Withheld:" would read as if it were said of them.
  const absent = to && absentReason(reaction['substance']) && `${t('substance')}: ${to}`;
  const description = longText(reaction['description']);
  const signs = list(reaction['manifestation']).map(words);
  const said =
    listText([...new Set(signs.filter((sign) => sign !== undefined))]) ||
    (description ?? words(reaction) ?? '');
  const what = severity ? `${said} (${statusWord(severity, t)})`.trim() : said;
  const how = [absent, words(reaction['exposureRoute']), formatDateTime(reaction['onset'])];
  return [
    [[absent ? undefined : to, what].filter(Boolean).join(': '), ...how]
      .filter(Boolean)
      .join(' – '),
    said === description ? undefined : description,
    ...noteTexts(reaction['note']),
  ];
}

/** Returns the reactions in one line of a card. */
export const briefly = (allergy: AllergyIntolerance, t: T): ReactNode =>
  labelledLine(
    t,
    'reaction',
    records(allergy.reaction).map((one) => cut(told(one, allergy, t)[0]) || undefined),
    3,
  );

/** Returns the reactions, the date of the last one and the notes. */
export function history(allergy: AllergyIntolerance, t: T): readonly (string | undefined)[] {
  const last = formatDateTime(allergy.lastOccurrence);
  return [
    ...records(allergy.reaction).flatMap((reaction) => told(reaction, allergy, t)),
    last && t('lastReaction', { date: last }),
    ...noteTexts(allergy.note),
  ];
}
