import type { DiagnosticReport } from 'fhir/r4';
import type { ReactNode } from 'react';
import { codedTexts } from '#fhir/coded/coded-text.ts';
import { referenceIn } from '#fhir/values/contained.ts';
import { longText } from '#lib/long-text.ts';
import { list, records } from '#lib/narrow.ts';
import { Attachment } from '../attachment/attachment-cell.tsx';
import { Concept, isWithdrawn, Lines, Status } from '../cells/cells.tsx';
import { resultTime } from '../cells/event-date.ts';
import { LineDate } from '../cells/line-date.tsx';
import { longLines } from '../cells/long-text.tsx';
import { Categories } from '../diagnostic-service/categories.tsx';
import { definePanel, type T } from '../panel.ts';
import { namedIn } from '../cells/reasons.ts';
import { labelledLine } from '../cells/labelled-line.tsx';

const conclusions = (r: DiagnosticReport): readonly ReactNode[] => [
  ...longLines([longText(r.conclusion)]).filter(Boolean),
  ...codedTexts(r.conclusionCode),
];

/** Maximum number of result names on a card. */
const ON_CARD = 5;

/**
 * Returns the results of a report, as far as it names them: a laboratory report has no conclusion,
 * it consists of its results
 * (https://hl7.org/fhir/R4/diagnosticreport-definitions.html#DiagnosticReport.result).
 */
function results(r: DiagnosticReport, t: T, most?: number): ReactNode {
  const unnamed = '';
  const names = list(r.result).map((result) => namedIn(r, result, unnamed) || undefined);
  const rest = names.filter((name) => name === undefined).length;
  const named = labelledLine(t, 'results', names, most);
  if (rest === 0) return named;
  return <Lines lines={[named, t('resultsElsewhere', { n: rest })]} />;
}

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
      cell: (r) => <Categories of={r.category} />,
    },
    {
      id: 'content',
      header: 'conclusion',
      width: '36%',
      cell: (r, t) => (
        <Lines
          lines={[
            ...conclusions(r),
            results(r, t),
            ...records(r.presentedForm).map((form, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- attachments have no identity
              <Attachment key={index} attachment={form} of={r} />
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
    const concluded = conclusions(r);
    const detail = [
      // A report that may still change, or was changed, always shows its status.
      r.status !== 'final' && <Status key="status" code={r.status} />,
      ...(concluded.length > 0 ? concluded : [results(r, t, ON_CARD)]),
    ].filter(Boolean);
    return {
      ...resultTime(r, t),
      text: <Concept value={r.code} />,
      ...(detail.length > 0 && { detail: <Lines lines={detail} /> }),
    };
  },
});
