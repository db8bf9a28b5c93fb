import type { Observation } from 'fhir/r4';
import { choiceDate } from '#fhir/values.ts';
import { conceptText, hasCode } from '#fhir/coding.ts';
import { Concept, DateText, isWithdrawn, Measurements, Status } from '../cells.tsx';
import { definePanel } from '../panel.ts';
import { measurements } from '../values.ts';

const when = (o: Observation): string | undefined => choiceDate(o, 'effective') ?? o.issued;

export const vitals = definePanel({
  id: 'vitals',
  type: 'Observation',
  title: 'vitals',
  params: { category: 'vital-signs' },
  sort: '-date',
  card: true,
  withdrawn: isWithdrawn,
  belongs: (o) => hasCode(o.category, 'vital-signs'),
  columns: [
    { id: 'what', header: 'measurement', rowHeader: true, cell: (o) => <Concept value={o.code} /> },
    { id: 'value', header: 'value', cell: (o) => <Measurements values={measurements(o)} /> },
    { id: 'date', header: 'date', cell: (o) => <DateText value={when(o)} /> },
    { id: 'status', header: 'status', cell: (o) => <Status code={o.status} /> },
  ],
  line: (o) => ({
    date: when(o),
    text: conceptText(o.code),
    detail: <Measurements values={measurements(o)} />,
  }),
});
