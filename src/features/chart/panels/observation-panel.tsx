import type { Observation } from 'fhir/r4';
import { namesAnotherCategory } from '#fhir/observation/observation-category.ts';
import { isWithdrawn, Status } from '../cells/cells.tsx';
import { resultTime } from '../cells/event-date.ts';
import { LineDate } from '../cells/line-date.tsx';
import { definePanel, type MessageId, type Panel } from '../panel.ts';
import { drawnLater } from './drawn-later.ts';

const { load, drawn } = drawnLater(() => import('../observation/display.tsx'));

/**
 * Declares a panel of Observations with the name, value, reference ranges and time of each.
 *
 * @param category of http://terminology.hl7.org/CodeSystem/observation-category; without it,
 *   Observations of all categories, each named
 */
export function observationPanel({
  id,
  title,
  category,
  card,
  what,
  value,
}: {
  id: string;
  title: MessageId;
  category?: string;
  card?: boolean;
  /** Header of the column with the names. */
  what: MessageId;
  /** Header of the column with the values. */
  value: MessageId;
}): Panel {
  return definePanel({
    id,
    type: 'Observation',
    title,
    sort: '-date',
    load,
    withdrawn: isWithdrawn,
    ...(card && { card, each: (...of) => drawn().newestOfEach(...of) }),
    ...(category && {
      params: { category },
      strays: (o: Observation) => namesAnotherCategory(o, category),
    }),
    columns: [
      { id: 'what', header: what, rowHeader: true, cell: (...of) => drawn().what(...of) },
      { id: 'value', header: value, cell: (...of) => drawn().result(...of) },
      { id: 'range', header: 'referenceRange', cell: (o) => drawn().ranges(o) },
      ...(category
        ? []
        : [
            {
              id: 'category',
              header: 'category' as const,
              cell: (o: Observation) => drawn().category(o),
            },
          ]),
      { id: 'date', header: 'date', cell: (o, t) => <LineDate of={resultTime(o, t)} /> },
      { id: 'status', header: 'status', cell: (o) => <Status code={o.status} /> },
    ],
    line: (...of) => drawn().line(...of),
  });
}
