import { choiceDate, choiceText } from '#fhir/values.ts';
import { conceptText, conceptTexts } from '#fhir/coding.ts';
import { referenceIn } from '#fhir/contained.ts';
import { records } from '#lib/narrow.ts';
import { isWithdrawn, Lines, Status, Value, What } from '../cells.tsx';
import { definePanel } from '../panel.ts';

export const procedures = definePanel({
  id: 'procedures',
  type: 'Procedure',
  title: 'procedures',
  sort: '-date',
  card: true,
  withdrawn: isWithdrawn,
  columns: [
    { id: 'what', header: 'procedure', rowHeader: true, cell: (p) => <What of={p} /> },
    { id: 'date', header: 'performed', cell: (p) => <Value>{choiceText(p, 'performed')}</Value> },
    {
      id: 'by',
      header: 'practitioner',
      cell: (p) => <Lines lines={records(p.performer).map((x) => referenceIn(p, x['actor']))} />,
    },
    { id: 'reason', header: 'reason', cell: (p) => <Lines lines={conceptTexts(p.reasonCode)} /> },
    {
      id: 'status',
      header: 'status',
      cell: (p) => (
        <Lines lines={[<Status key="status" code={p.status} />, conceptText(p.statusReason)]} />
      ),
    },
  ],
  line: (p) => ({
    date: choiceDate(p, 'performed'),
    text: conceptText(p.code),
    detail: <Status code={p.status} />,
  }),
});
