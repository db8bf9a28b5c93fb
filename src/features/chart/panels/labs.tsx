import type { Observation } from 'fhir/r4';
import { choiceDate } from '#fhir/values.ts';
import { conceptText, hasCode } from '#fhir/coding.ts';
import { Concept, DateText, isWithdrawn, Lines, Measurements, Status } from '../cells.tsx';
import { definePanel } from '../panel.ts';
import { measurements, referenceRanges } from '../values.ts';

const when = (o: Observation): string | undefined => choiceDate(o, 'effective') ?? o.issued;

export const labs = definePanel({
  id: 'labs',
  type: 'Observation',
  title: 'labs',
  params: { category: 'laboratory' },
  sort: '-date',
  card: true,
  withdrawn: isWithdrawn,
  belongs: (o) => hasCode(o.category, 'laboratory'),
  columns: [
    { id: 'what', header: 'test', rowHeader: true, cell: (o) => <Concept value={o.code} /> },
    { id: 'value', header: 'result', cell: (o) => <Measurements values={measurements(o)} /> },
    { id: 'range', header: 'referenceRange', cell: (o) => <Lines lines={referenceRanges(o)} /> },
    { id: 'date', header: 'date', cell: (o) => <DateText value={when(o)} /> },
    { id: 'status', header: 'status', cell: (o) => <Status code={o.status} /> },
  ],
  line: (o) => ({
    date: when(o),
    text: conceptText(o.code),
    detail: <Measurements values={measurements(o)} />,
  }),
});
