import type { Condition } from 'fhir/r4';
import type { ReactNode } from 'react';
import { codedText, codedTexts } from '#fhir/coded/coded-text.ts';
import { choiceText } from '#fhir/values/values.ts';
import { list, records } from '#lib/narrow.ts';
import { Concept, DateText, isWithdrawn, Lines, Value } from '../cells/cells.tsx';
import { Certainty } from '../cells/certainty.tsx';
import { currentFirst } from './current-first.ts';
import { eventDate } from '../cells/event-date.ts';
import { noteTexts } from '#lib/long-text.ts';
import { longLines, LongText } from '../cells/long-text.tsx';
import { definePanel, type T } from '../panel.ts';
import { namedIn } from '../cells/reasons.ts';
import { labelledLine } from '../cells/labelled-line.tsx';
import { rowTitle, rowTitleTexts } from '../cells/row-title.tsx';
import { listText } from '#i18n/list.ts';

/**
 * Returns the stages of a condition: `IIIC (Clinical stage)`.
 *
 * @see https://hl7.org/fhir/R4/condition-definitions.html#Condition.stage
 */
const stage = (c: Condition, t: T): ReactNode =>
  labelledLine(
    t,
    'stage',
    records(c.stage).map(({ summary, type, assessment }) => {
      const words = codedText(summary) ?? namedIn(c, list(assessment)[0], t('otherRecord'));
      const kind = codedText(type);
      return words && kind ? `${words} (${kind})` : words;
    }),
  );

/** Returns the evidence of a condition: signs and findings. */
const evidence = (c: Condition, t: T): ReactNode =>
  labelledLine(
    t,
    'evidence',
    records(c.evidence).flatMap(({ code, detail }) => [
      ...codedTexts(code),
      ...list(detail).map((finding) => namedIn(c, finding, t('otherRecord'))),
    ]),
  );

export const conditions = definePanel({
  id: 'conditions',
  type: 'Condition',
  title: 'conditions',
  sort: '-recorded-date',
  // Some servers search Conditions by category or code only, as Epic does Observations.
  instead: { category: 'problem-list-item,encounter-diagnosis,health-concern' },
  ...currentFirst,
  card: true,
  withdrawn: isWithdrawn,
  columns: [
    {
      id: 'what',
      header: 'condition',
      rowHeader: true,
      cell: (c, t) => <Lines lines={[...rowTitleTexts(c, t), stage(c, t), evidence(c, t)]} />,
    },
    {
      id: 'status',
      header: 'status',
      cell: (c) => (
        <Lines lines={[<Certainty key="status" of={c} />, ...longLines(noteTexts(c.note))]} />
      ),
    },
    { id: 'severity', header: 'severity', cell: (c) => <Concept value={c.severity} /> },
    { id: 'onset', header: 'onset', cell: (c) => <LongText text={choiceText(c, 'onset')} /> },
    { id: 'ended', header: 'ended', cell: (c) => choiceText(c, 'abatement') ?? '' },
    { id: 'recorded', header: 'recorded', cell: (c) => <DateText value={c.recordedDate} /> },
    {
      id: 'category',
      header: 'category',
      cell: (c) => <Value>{listText(codedTexts(c.category))}</Value>,
    },
  ],
  line: (c, t) => ({
    ...eventDate(c, 'onset', c.recordedDate, t),
    text: rowTitle(c, t),
    detail: (
      <Lines
        lines={[
          <Certainty key="status" of={c} />,
          labelledLine(t, 'ended', [choiceText(c, 'abatement')]),
          stage(c, t),
        ]}
      />
    ),
  }),
});
