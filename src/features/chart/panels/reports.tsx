import { referenceIn } from '#fhir/values/contained.ts';
import { list } from '#lib/narrow.ts';
import { Concept, isWithdrawn, Lines, Status } from '../cells/cells.tsx';
import { resultTime } from '../cells/event-date.ts';
import { LineDate } from '../cells/line-date.tsx';
import { Categories } from '../diagnostic-service/categories.tsx';
import { definePanel } from '../panel.ts';
import { drawnLater } from './drawn-later.ts';

const { load, drawn } = drawnLater(() => import('../observation/report.tsx'));

/** Diagnostic reports, in the chart and on the encounter page. */
export const reports = definePanel({
  id: 'reports',
  type: 'DiagnosticReport',
  title: 'reports',
  sort: '-date',
  load,
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
      cell: (r, t) => drawn().content(r, t),
    },
    { id: 'date', header: 'date', cell: (r, t) => <LineDate of={resultTime(r, t)} /> },
    {
      id: 'by',
      header: 'author',
      cell: (r) => <Lines lines={list(r.performer).map((p) => referenceIn(r, p))} />,
    },
    { id: 'status', header: 'status', cell: (r) => <Status code={r.status} /> },
  ],
  line: (r, t) => ({
    ...resultTime(r, t),
    text: <Concept value={r.code} />,
    detail: drawn().brief(r, t),
  }),
});
