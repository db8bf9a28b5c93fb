import type { Observation } from 'fhir/r4';
import { choiceDate } from '#fhir/values.ts';
import { conceptText, conceptTexts } from '#fhir/coding.ts';
import { Concept, DateText, isWithdrawn, Lines, Measurements, Status, Value } from '../cells.tsx';
import { definePanel } from '../panel.ts';
import { measurements, referenceRanges } from '../values.ts';

const when = (o: Observation): string | undefined => choiceDate(o, 'effective') ?? o.issued;

/** Observations of every category: a part of the encounter page. */
export const observations = definePanel({
  id: 'observations',
  type: 'Observation',
  title: 'observations',
  sort: '-date',
  withdrawn: isWithdrawn,
  columns: [
    { id: 'what', header: 'observation', rowHeader: true, cell: (o) => <Concept value={o.code} /> },
    { id: 'value', header: 'value', cell: (o) => <Measurements values={measurements(o)} /> },
    { id: 'range', header: 'referenceRange', cell: (o) => <Lines lines={referenceRanges(o)} /> },
    {
      id: 'category',
      header: 'category',
      cell: (o) => <Value>{conceptTexts(o.category).join(', ')}</Value>,
    },
    { id: 'date', header: 'date', cell: (o) => <DateText value={when(o)} /> },
    { id: 'status', header: 'status', cell: (o) => <Status code={o.status} /> },
  ],
  line: (o) => ({ date: when(o), text: conceptText(o.code) }),
});
