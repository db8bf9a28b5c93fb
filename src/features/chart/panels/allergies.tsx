import type { AllergyIntolerance } from 'fhir/r4';
import type { ReactNode } from 'react';
import { codedText } from '#fhir/coded/coded-text.ts';
import { absentReason } from '#fhir/values/absent-reason.ts';
import { formatDateTime } from '#fhir/dates/dates.ts';
import { choiceText } from '#fhir/values/values.ts';
import { listText } from '#i18n/list.ts';
import { longText, noteTexts } from '#lib/long-text.ts';
import { list, records, text, type Json } from '#lib/narrow.ts';
import { Flag } from '#ui/flag.tsx';
import {
  byRisk,
  isActiveAllergy,
  isContradictory,
  isNegation,
  isUnconfirmed,
} from '../allergy/allergy-record.ts';
import { allergyWords } from '../allergy/allergy-words.ts';
import {
  ClinicalStatus,
  conceptWords,
  DateText,
  isWithdrawn,
  Lines,
  statusWord,
  Value,
} from '../cells/cells.tsx';
import { eventDate } from '../cells/event-date.ts';
import { labelledLine } from '../cells/labelled-line.tsx';
import { cut } from '../cells/cut.ts';
import { longLines, LongText } from '../cells/long-text.tsx';
import { definePanel, type MessageId, type T } from '../panel.ts';

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
const briefly = (allergy: AllergyIntolerance, t: T): ReactNode =>
  labelledLine(
    t,
    'reaction',
    records(allergy.reaction).map((one) => cut(told(one, allergy, t)[0]) || undefined),
    3,
  );

/** Returns the reactions, the date of the last one and the notes. */
function history(allergy: AllergyIntolerance, t: T): readonly (string | undefined)[] {
  const last = formatDateTime(allergy.lastOccurrence);
  return [
    ...records(allergy.reaction).flatMap((reaction) => told(reaction, allergy, t)),
    last && t('lastReaction', { date: last }),
    ...noteTexts(allergy.note),
  ];
}

const KNOWN: ReadonlySet<string> = new Set([
  'allergy',
  'intolerance',
  'food',
  'medication',
  'environment',
  'biologic',
]);

/** Returns the type (allergy or intolerance) and the categories. */
function kind(allergy: AllergyIntolerance, t: T): string {
  return [allergy.type, ...list(allergy.category)]
    .map(text)
    .filter((code) => code !== undefined)
    .map((code) => (KNOWN.has(code) ? t(`allergy.${code}` as MessageId) : code))
    .join(', ');
}

/** Returns the text of a code that denies an allergy for which the record has a reaction. */
const denial = (allergy: AllergyIntolerance, t: T): ReactNode =>
  labelledLine(t, 'codeSays', isContradictory(allergy) ? [codedText(allergy.code)] : []);

function Criticality({ allergy, t }: { allergy: AllergyIntolerance; t: T }) {
  const { criticality } = allergy;
  // "No known allergy" has no criticality.
  if (criticality === undefined && isNegation(allergy)) return null;
  if (criticality === 'high') {
    return (
      <Flag tone="danger" icon="warning">
        {t('criticalityHigh')}
      </Flag>
    );
  }
  if (criticality === 'low') return <Flag>{t('criticalityLow')}</Flag>;
  return <span>{t(criticality ? 'criticalityUnknown' : 'notRecorded')}</span>;
}

export const allergies = definePanel({
  id: 'allergies',
  type: 'AllergyIntolerance',
  title: 'allergies',
  card: true,
  // Read in one page and sorted by risk here: FHIR servers cannot sort by risk.
  count: 100,
  order: byRisk,
  withdrawn: isWithdrawn,
  columns: [
    {
      id: 'what',
      header: 'substance',
      rowHeader: true,
      cell: (a, t) => <Lines lines={[allergyWords(a, t), denial(a, t)]} />,
    },
    { id: 'kind', header: 'category', cell: (a, t) => <Value>{kind(a, t)}</Value> },
    {
      id: 'reaction',
      header: 'reaction',
      cell: (a, t) => <Lines lines={longLines(history(a, t))} />,
    },
    {
      id: 'criticality',
      header: 'criticality',
      cell: (a, t) => <Criticality allergy={a} t={t} />,
    },
    {
      id: 'status',
      header: 'status',
      cell: (a) => <ClinicalStatus of={a} />,
    },
    { id: 'onset', header: 'onset', cell: (a) => <LongText text={choiceText(a, 'onset')} /> },
    { id: 'recorded', header: 'recorded', cell: (a) => <DateText value={a.recordedDate} /> },
  ],
  line: (a, t) => ({
    ...eventDate(a, 'onset', a.recordedDate, t),
    text: allergyWords(a, t),
    detail: isActiveAllergy(a) ? (
      <Lines
        lines={[
          <Criticality key="risk" allergy={a} t={t} />,
          briefly(a, t),
          denial(a, t),
          isUnconfirmed(a) && <ClinicalStatus key="s" of={a} />,
        ].filter(Boolean)}
      />
    ) : (
      <ClinicalStatus of={a} />
    ),
  }),
});
