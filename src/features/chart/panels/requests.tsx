import { conceptText, conceptTexts } from '#fhir/coding.ts';
import { referenceText } from '#fhir/reference.ts';
import { choiceText } from '#fhir/values.ts';
import { listText } from '#i18n/list.ts';
import { text } from '#lib/narrow.ts';
import { Concept, DateText, isWithdrawn, Lines, Status, statusWord, Value } from '../cells.tsx';
import { Intent } from '../intent.tsx';
import { definePanel } from '../panel.ts';

/** What was asked for: tests, referrals, procedures. A part of the encounter page. */
export const requests = definePanel({
  id: 'requests',
  type: 'ServiceRequest',
  title: 'requests',
  sort: '-authored',
  withdrawn: isWithdrawn,
  columns: [
    { id: 'what', header: 'request', rowHeader: true, cell: (r) => <Concept value={r.code} /> },
    {
      id: 'category',
      header: 'category',
      cell: (r) => <Value>{listText(conceptTexts(r.category))}</Value>,
    },
    {
      id: 'status',
      header: 'status',
      cell: (r, t) => {
        const priority = text(r.priority);
        return (
          <Lines
            lines={[
              <Intent key="intent" code={r.intent} />,
              <Status key="status" code={r.status} />,
              priority && priority !== 'routine' ? (
                <strong key="priority">{statusWord(priority, t)}</strong>
              ) : undefined,
              r.doNotPerform === true ? <strong key="not">{t('doNotPerform')}</strong> : undefined,
            ]}
          />
        );
      },
    },
    { id: 'date', header: 'ordered', cell: (r) => <DateText value={r.authoredOn} /> },
    { id: 'due', header: 'planned', cell: (r) => <Value>{choiceText(r, 'occurrence')}</Value> },
    { id: 'by', header: 'orderedBy', cell: (r) => <Value>{referenceText(r.requester)}</Value> },
  ],
  line: (r) => ({ date: r.authoredOn, text: conceptText(r.code) }),
});
