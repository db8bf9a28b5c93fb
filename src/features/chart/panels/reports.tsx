import type { DiagnosticReport } from 'fhir/r4';
import type { ReactNode } from 'react';
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

const conclusions = (r: DiagnosticReport): readonly ReactNode[] => [
  ...longLines([longText(r.conclusion)]).filter(Boolean),
  ...conceptTexts(r.conclusionCode),
];

/** Diagnostic reports, in the chart and on the encounter page. */
export const reports = definePanel({
  id: 'reports',
  type: 'DiagnosticReport',
  title: 'reports',
  sort: '-date',
  card: true,
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
            ...conclusions(r),
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
  line: (r, t) => {
    const detail = [
      // A report that may still change, or was changed, says so wherever it stands.
      r.status !== 'final' && <Status key="status" code={r.status} />,
      ...conclusions(r),
    ].filter(Boolean);
    return {
      ...resultTime(r, t),
      text: conceptText(r.code),
      ...(detail.length > 0 && { detail: <Lines lines={detail} /> }),
    };
  },
});
