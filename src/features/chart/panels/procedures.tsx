import type { Procedure } from 'fhir/r4';
import type { ReactNode } from 'react';
import { codedText, codedTexts } from '#fhir/coded/coded-text.ts';
import { referenceIn } from '#fhir/values/contained.ts';
import { choiceText } from '#fhir/values/values.ts';
import { list, records } from '#lib/narrow.ts';
import { isWithdrawn, Lines, Status } from '../cells/cells.tsx';
import { eventDate } from '../cells/event-date.ts';
import { noteTexts } from '#lib/long-text.ts';
import { longLines, LongText } from '../cells/long-text.tsx';
import { definePanel, type T } from '../panel.ts';
import { namedIn, reasonTexts } from '../cells/reasons.ts';
import { labelledLine } from '../cells/labelled-line.tsx';
import { RowTitle, rowTitle } from '../cells/row-title.tsx';

/**
 * Returns the outcome and complications of a procedure.
 *
 * @see https://hl7.org/fhir/R4/procedure-definitions.html#Procedure.outcome
 */
const went = (p: Procedure, t: T): readonly ReactNode[] => [
  labelledLine(t, 'outcome', [codedText(p.outcome)]),
  labelledLine(t, 'complication', [
    ...codedTexts(p.complication),
    ...list(p.complicationDetail).map((c) => namedIn(p, c, t('otherRecord'))),
  ]),
];

export const procedures = definePanel({
  id: 'procedures',
  type: 'Procedure',
  title: 'procedures',
  sort: '-date',
  card: true,
  withdrawn: isWithdrawn,
  columns: [
    { id: 'what', header: 'procedure', rowHeader: true, cell: (p) => <RowTitle of={p} /> },
    {
      id: 'date',
      header: 'performed',
      cell: (p) => <LongText text={choiceText(p, 'performed')} />,
    },
    {
      id: 'by',
      header: 'practitioner',
      cell: (p) => <Lines lines={records(p.performer).map((x) => referenceIn(p, x['actor']))} />,
    },
    {
      id: 'reason',
      header: 'reason',
      cell: (p, t) => <Lines lines={reasonTexts(p, t('otherRecord'))} />,
    },
    {
      id: 'status',
      header: 'status',
      cell: (p, t) => (
        <Lines
          lines={[
            <Status key="status" code={p.status} />,
            codedText(p.statusReason),
            ...went(p, t),
            labelledLine(t, 'followUp', codedTexts(p.followUp)),
            ...longLines(noteTexts(p.note)),
          ]}
        />
      ),
    },
  ],
  line: (p, t) => ({
    ...eventDate(p, 'performed', undefined, t),
    text: rowTitle(p, t),
    detail: <Lines lines={[<Status key="status" code={p.status} />, ...went(p, t)]} />,
  }),
});
