import type { Procedure } from 'fhir/r4';
import type { ReactNode } from 'react';
import { codedText, codedTexts } from '#fhir/coded/coded-text.ts';
import { referenceIn } from '#fhir/contained.ts';
import { choiceText } from '#fhir/values.ts';
import { list, records } from '#lib/narrow.ts';
import { isWithdrawn, Lines, Status } from '../cells.tsx';
import { happened } from '../happened.ts';
import { noteTexts } from '#lib/long-text.ts';
import { longLines, LongText } from '../long-text.tsx';
import { definePanel, type T } from '../panel.ts';
import { namedIn, reasonTexts } from '../reasons.ts';
import { said } from '../said.tsx';
import { What, whatText } from '../what.tsx';

/**
 * How it went: what it led to, and what went wrong.
 *
 * @see https://hl7.org/fhir/R4/procedure-definitions.html#Procedure.outcome
 */
const went = (p: Procedure, t: T): readonly ReactNode[] => [
  said(t, 'outcome', [codedText(p.outcome)]),
  said(t, 'complication', [
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
    { id: 'what', header: 'procedure', rowHeader: true, cell: (p) => <What of={p} /> },
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
            said(t, 'followUp', codedTexts(p.followUp)),
            ...longLines(noteTexts(p.note)),
          ]}
        />
      ),
    },
  ],
  line: (p, t) => ({
    ...happened(p, 'performed', undefined, t),
    text: whatText(p, t),
    detail: <Lines lines={[<Status key="status" code={p.status} />, ...went(p, t)]} />,
  }),
});
