import type { ReactNode } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { isWithdrawn, Lines, Status, Value } from '../cells/cells.tsx';
import { eventDate } from '../cells/event-date.ts';
import { unlessRuledOut } from './current-first.ts';
import { EncounterLink } from '../encounter/encounter-link.tsx';
import { messages } from '../encounter/messages.ts';
import { shownEncounter, type ShownEncounter } from '../encounter/shown-encounter.ts';
import { definePanel, type Find } from '../panel.ts';
import { labelledLine } from '../cells/labelled-line.tsx';

/** Shows a part of an encounter, with the texts of the encounter's own message catalogue. */
function Part({
  of,
  find,
  show,
}: {
  of: unknown;
  find?: Find;
  show: (e: ShownEncounter) => ReactNode;
}) {
  const named = find && ((reference: unknown) => unlessRuledOut(find(reference)));
  return <>{show(shownEncounter(of, useMessages(messages), undefined, named))}</>;
}

const heading = ({ kind, types }: ShownEncounter): readonly (string | undefined)[] =>
  types.length > 0 ? types : [kind];

export const encounters = definePanel({
  id: 'encounters',
  type: 'Encounter',
  title: 'encounters',
  sort: '-date',
  mayInclude: { what: 'Encounter:diagnosis', type: 'Condition' },
  card: true,
  withdrawn: isWithdrawn,
  columns: [
    {
      id: 'what',
      header: 'encounter',
      rowHeader: true,
      cell: (e) => (
        <EncounterLink id={e.id}>
          <Part of={e} show={(shown) => <Lines lines={heading(shown)} />} />
        </EncounterLink>
      ),
    },
    {
      id: 'class',
      header: 'encounterClass',
      cell: (e) => <Part of={e} show={({ kind }) => <Value>{kind}</Value>} />,
    },
    {
      id: 'period',
      header: 'period',
      cell: (e, t) => (
        <Part
          of={e}
          show={({ period, discharge }) => (
            <Lines lines={[period, labelledLine(t, 'discharge', discharge)]} />
          )}
        />
      ),
    },
    {
      id: 'reason',
      header: 'reason',
      cell: (e, _, find) => (
        <Part of={e} find={find} show={({ reasons }) => <Lines lines={reasons} />} />
      ),
    },
    {
      id: 'where',
      header: 'location',
      cell: (e) => <Part of={e} show={({ places }) => <Lines lines={places} />} />,
    },
    {
      id: 'who',
      header: 'practitioner',
      cell: (e) => <Part of={e} show={({ people }) => <Lines lines={people} />} />,
    },
    { id: 'status', header: 'status', cell: (e) => <Status code={e.status} /> },
  ],
  line: (e, t, find) => ({
    ...eventDate({ atPeriod: e.period }, 'at', undefined, t),
    text: (
      <EncounterLink id={e.id}>
        <Part of={e} show={(shown) => <Value>{heading(shown)[0]}</Value>} />
      </EncounterLink>
    ),
    detail: (
      <Part
        of={e}
        find={find}
        show={({ reasons, discharge }) => (
          <Lines
            lines={[
              reasons[0],
              labelledLine(t, 'discharge', discharge),
              // An encounter that did not take place, or not yet, must not look like a visit.
              (reasons.length === 0 || e.status !== 'finished') && (
                <Status key="status" code={e.status} />
              ),
            ].filter(Boolean)}
          />
        )}
      />
    ),
  }),
});
