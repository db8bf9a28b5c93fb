import type { AllergyIntolerance } from 'fhir/r4';
import type { ReactNode } from 'react';
import { codedText } from '#fhir/coded/coded-text.ts';
import { choiceText } from '#fhir/values/values.ts';
import { list, text } from '#lib/narrow.ts';
import { Flag } from '#ui/flag.tsx';
import {
  byRisk,
  isActiveAllergy,
  isContradictory,
  isNegation,
  isUnconfirmed,
} from '../allergy/allergy-record.ts';
import { allergyWords } from '../allergy/allergy-words.ts';
import { briefly, history } from '../allergy/reactions.ts';
import { ClinicalStatus, DateText, isWithdrawn, Lines, Value } from '../cells/cells.tsx';
import { eventDate } from '../cells/event-date.ts';
import { labelledLine } from '../cells/labelled-line.tsx';
import { longLines, LongText } from '../cells/long-text.tsx';
import { definePanel, type MessageId, type T } from '../panel.ts';

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
