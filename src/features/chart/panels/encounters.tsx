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
      cell: (e, t) => {
        const { kind, types } = shownEncounter(e, t);
        return (
          <EncounterLink id={e.id}>
            <Lines lines={types.length > 0 ? types : [kind]} />
          </EncounterLink>
        );
      },
    },
    {
      id: 'class',
      header: 'encounterClass',
      cell: (e, t) => <Value>{shownEncounter(e, t).kind}</Value>,
    },
    {
      id: 'period',
      header: 'period',
      cell: (e, t) => <Value>{shownEncounter(e, t).period}</Value>,
    },
    {
      id: 'reason',
      header: 'reason',
      cell: (e, t) => <Lines lines={shownEncounter(e, t).reasons} />,
    },
    {
      id: 'where',
      header: 'location',
      cell: (e, t) => <Lines lines={shownEncounter(e, t).places} />,
    },
    {
      id: 'who',
      header: 'practitioner',
      cell: (e, t) => <Lines lines={shownEncounter(e, t).people} />,
    },
    { id: 'status', header: 'status', cell: (e) => <Status code={e.status} /> },
  ],
  line: (e, t) => {
    const { kind, types, reasons } = shownEncounter(e, t);
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
