import { choiceDate, choiceText } from '#fhir/values.ts';
import { conceptText } from '#fhir/coding.ts';
import { records, text } from '#lib/narrow.ts';
import { Concept, isWithdrawn, Lines, Status, Value } from '../cells.tsx';
import { definePanel } from '../panel.ts';

export const immunizations = definePanel({
  id: 'immunizations',
  type: 'Immunization',
  title: 'immunizations',
  sort: '-date',
  card: true,
  withdrawn: isWithdrawn,
  columns: [
    {
      id: 'what',
      header: 'vaccine',
      rowHeader: true,
      cell: (i) => <Concept value={i.vaccineCode} />,
    },
    { id: 'date', header: 'date', cell: (i) => <Value>{choiceText(i, 'occurrence')}</Value> },
    {
      id: 'dose',
      header: 'dose',
      cell: (i) => {
        const protocol = records(i.protocolApplied)[0];
        return (
          <Value>
            {text(protocol?.['doseNumberPositiveInt']) ?? text(protocol?.['doseNumberString'])}
          </Value>
        );
      },
    },
    { id: 'lot', header: 'lotNumber', cell: (i) => <Value>{i.lotNumber}</Value> },
    { id: 'site', header: 'bodySite', cell: (i) => <Concept value={i.site} /> },
    {
      id: 'status',
      header: 'status',
      cell: (i) => (
        <Lines lines={[<Status key="status" code={i.status} />, conceptText(i.statusReason)]} />
      ),
    },
  ],
  line: (i) => ({
    date: choiceDate(i, 'occurrence') ?? i.recorded,
    text: conceptText(i.vaccineCode),
    detail: <Status code={i.status} />,
  }),
});
