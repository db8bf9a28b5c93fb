import { choiceText } from '#fhir/values.ts';
import { conceptText } from '#fhir/coding.ts';
import { referenceIn } from '#fhir/contained.ts';
import { records } from '#lib/narrow.ts';
import { isWithdrawn, Lines, Status } from '../cells.tsx';
import { happened } from '../happened.ts';
import { noteTexts } from '#lib/long-text.ts';
import { longLines, LongText } from '../long-text.tsx';
import { definePanel } from '../panel.ts';
import { reasonTexts } from '../reasons.ts';
import { What, whatText } from '../what.tsx';

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
    { id: 'reason', header: 'reason', cell: (p) => <Lines lines={reasonTexts(p)} /> },
    {
      id: 'status',
      header: 'status',
      cell: (p) => (
        <Lines
          lines={[
            <Status key="status" code={p.status} />,
            conceptText(p.statusReason),
            ...longLines(noteTexts(p.note)),
          ]}
        />
      ),
    },
  ],
  line: (p, t) => ({
    ...happened(p, 'performed', undefined, t),
    text: whatText(p, t),
    detail: <Status code={p.status} />,
  }),
});
