import { conceptText, conceptTexts } from '#fhir/coding.ts';
import { referenceIn } from '#fhir/contained.ts';
import { listText } from '#i18n/list.ts';
import { longText } from '#lib/long-text.ts';
import { list, records } from '#lib/narrow.ts';
import { AttachmentView } from '../attachment-view.tsx';
import { Concept, isWithdrawn, Lines, Status, Value } from '../cells.tsx';
import { resultTime } from '../happened.ts';
import { LineDate } from '../line-date.tsx';
import { longLines } from '../long-text.tsx';
import { definePanel } from '../panel.ts';

/** Diagnostic reports: a part of the encounter page. */
export const reports = definePanel({
  id: 'reports',
  type: 'DiagnosticReport',
  title: 'reports',
  sort: '-date',
  withdrawn: isWithdrawn,
  columns: [
    { id: 'what', header: 'report', rowHeader: true, cell: (r) => <Concept value={r.code} /> },
    {
      id: 'category',
      header: 'category',
      cell: (r) => <Value>{listText(conceptTexts(r.category))}</Value>,
    },
    {
      id: 'content',
      header: 'conclusion',
      width: '36%',
      cell: (r) => (
        <Lines
          lines={[
            ...longLines([longText(r.conclusion)]),
            ...conceptTexts(r.conclusionCode),
            ...records(r.presentedForm).map((form, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- attachments have no identity
              <AttachmentView key={index} attachment={form} />
            )),
          ]}
        />
      ),
    },
    { id: 'date', header: 'date', cell: (r, t) => <LineDate of={resultTime(r, t)} /> },
    {
      id: 'by',
      header: 'author',
      cell: (r) => <Lines lines={list(r.performer).map((p) => referenceIn(r, p))} />,
    },
    { id: 'status', header: 'status', cell: (r) => <Status code={r.status} /> },
  ],
  line: (r, t) => ({ ...resultTime(r, t), text: conceptText(r.code) }),
});
