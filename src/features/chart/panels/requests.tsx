import type { ServiceRequest } from 'fhir/r4';
import type { ReactNode } from 'react';
import { codedTexts } from '#fhir/coded/coded-text.ts';
import { referenceIn } from '#fhir/values/contained.ts';
import { choiceText } from '#fhir/values/values.ts';
import { listText } from '#i18n/list.ts';
import { Flag } from '#ui/flag.tsx';
import { Concept, DateText, isWithdrawn, Lines, Status, Value } from '../cells/cells.tsx';
import { urgency } from '../cells/urgency.tsx';
import { longText, noteTexts } from '#lib/long-text.ts';
import { longLines } from '../cells/long-text.tsx';
import { Intent } from '../cells/intent.tsx';
import { definePanel, type T } from '../panel.ts';
import { reasonTexts } from '../cells/reasons.ts';
import { labelledLine } from '../cells/labelled-line.tsx';
import { rowTitleTexts } from '../cells/row-title.tsx';
import { dosage } from './dosage-later.ts';

/** Returns why a request is to be done, or must not be. */
const why = (r: ServiceRequest, t: T): ReactNode =>
  labelledLine(t, 'reason', reasonTexts(r, t('otherRecord')));

/** Returns the details and the quantity of a request. */
const details = (r: ServiceRequest, t: T): readonly ReactNode[] => [
  ...codedTexts(r.orderDetail),
  labelledLine(t, 'quantity', [choiceText(r, 'quantity')]),
];

/** Returns the instruction to the patient. */
const told = (r: ServiceRequest, t: T): readonly ReactNode[] => {
  const words = longText(r.patientInstruction);
  return longLines([words && `${t('forPatient')}: ${words}`]);
};

/** Requests for tests, referrals and procedures, a part of the encounter page. */
export const requests = definePanel({
  id: 'requests',
  type: 'ServiceRequest',
  title: 'requests',
  sort: '-authored',
  load: dosage.load,
  withdrawn: isWithdrawn,
  columns: [
    {
      id: 'what',
      header: 'request',
      rowHeader: true,
      cell: (r, t) => (
        <Lines
          lines={[
            ...rowTitleTexts(r, t),
            ...details(r, t),
            r.doNotPerform !== true && why(r, t),
            ...told(r, t),
          ]}
        />
      ),
    },
    {
      id: 'category',
      header: 'category',
      cell: (r) => <Value>{listText(codedTexts(r.category))}</Value>,
    },
    {
      id: 'status',
      header: 'status',
      cell: (r, t) => (
        <Lines
          lines={[
            // First, because everything below it is about what must not be done.
            r.doNotPerform === true && (
              <Flag key="not" tone="danger" icon="warning">
                {t('doNotPerform')}
              </Flag>
            ),
            r.doNotPerform === true && why(r, t),
            <Intent key="intent" code={r.intent} />,
            <Status key="status" code={r.status} />,
            urgency(r, t),
            ...longLines(noteTexts(r.note)),
          ].filter(Boolean)}
        />
      ),
    },
    { id: 'date', header: 'ordered', cell: (r) => <DateText value={r.authoredOn} /> },
    {
      id: 'due',
      header: 'planned',
      cell: (r) => dosage.drawn().dueCell(r),
    },
    { id: 'by', header: 'orderedBy', cell: (r) => <Value>{referenceIn(r, r.requester)}</Value> },
  ],
  line: (r) => ({ date: r.authoredOn, text: <Concept value={r.code} /> }),
});
