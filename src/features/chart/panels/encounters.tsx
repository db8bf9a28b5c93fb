import { isWithdrawn, Lines, Status, Value } from '../cells.tsx';
import { shownEncounter } from '../encounter-model.ts';
import { EncounterLink } from '../encounter/encounter-link.tsx';
import { definePanel } from '../panel.ts';

export const encounters = definePanel({
  id: 'encounters',
  type: 'Encounter',
  title: 'encounters',
  sort: '-date',
  card: true,
  withdrawn: isWithdrawn,
  columns: [
    {
      id: 'what',
      header: 'encounter',
      rowHeader: true,
      cell: (e) => {
        const { kind, types } = shownEncounter(e);
        return (
          <EncounterLink id={e.id}>
            <Lines lines={types.length > 0 ? types : [kind]} />
          </EncounterLink>
        );
      },
    },
    { id: 'class', header: 'encounterClass', cell: (e) => <Value>{shownEncounter(e).kind}</Value> },
    { id: 'period', header: 'period', cell: (e) => <Value>{shownEncounter(e).period}</Value> },
    { id: 'reason', header: 'reason', cell: (e) => <Lines lines={shownEncounter(e).reasons} /> },
    { id: 'where', header: 'location', cell: (e) => <Lines lines={shownEncounter(e).places} /> },
    { id: 'who', header: 'practitioner', cell: (e) => <Lines lines={shownEncounter(e).people} /> },
    { id: 'status', header: 'status', cell: (e) => <Status code={e.status} /> },
  ],
  line: (e) => {
    const { kind, types, reasons } = shownEncounter(e);
    return {
      date: e.period?.start ?? e.period?.end,
      text: <EncounterLink id={e.id}>{types[0] ?? kind}</EncounterLink>,
      // What did not take place, or not yet, must not look like a visit.
      detail: (
        <Lines
          lines={[
            reasons[0],
            (reasons.length === 0 || e.status !== 'finished') && (
              <Status key="status" code={e.status} />
            ),
          ].filter(Boolean)}
        />
      ),
    };
  },
});
