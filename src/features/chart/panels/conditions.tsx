import { choiceText } from '#fhir/values.ts';
import { conceptTexts } from '#fhir/coding.ts';
import { Concept, DateText, isWithdrawn, Lines, Value } from '../cells.tsx';
import { Certainty } from '../certainty.tsx';
import { currentFirst } from '../current-first.ts';
import { happened } from '../happened.ts';
import { noteTexts } from '#lib/long-text.ts';
import { longLines, LongText } from '../long-text.tsx';
import { definePanel } from '../panel.ts';
import { What, whatText } from '../what.tsx';
import { listText } from '#i18n/list.ts';

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
    { id: 'what', header: 'condition', rowHeader: true, cell: (c) => <What of={c} /> },
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
      cell: (c) => <Value>{listText(conceptTexts(c.category))}</Value>,
    },
  ],
  line: (c, t) => ({
    ...happened(c, 'onset', c.recordedDate, t),
    text: whatText(c, t),
    detail: <Certainty of={c} />,
  }),
});
