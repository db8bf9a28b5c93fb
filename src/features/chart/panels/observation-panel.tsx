import type { Observation } from 'fhir/r4';
import { conceptText, conceptTexts, hasCode } from '#fhir/coding.ts';
import { measurements } from '#fhir/observation.ts';
import { choiceDate } from '#fhir/values.ts';
import { listText } from '#i18n/list.ts';
import { noteTexts } from '#lib/long-text.ts';
import { DateText, isWithdrawn, Lines, Status, Value, What } from '../cells.tsx';
import { longLines } from '../long-text.tsx';
import { Measurements } from '../measurements.tsx';
import { definePanel, type MessageId, type Panel } from '../panel.ts';

const when = (o: Observation): string | undefined => choiceDate(o, 'effective') ?? o.issued;

/** The ranges of every part, each named where there is more than one part. */
function Ranges({ of }: { of: Observation }) {
  const lines = measurements(of).flatMap(({ label, ranges }) =>
    ranges.map((range) => (label ? `${label} ${range}` : range)),
  );
  return lines.length === 0 ? null : <Lines lines={lines} />;
}

/**
 * A panel of Observations: what was measured, what came out, what it is judged by, when.
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
  /** Heads the column of what was measured. */
  what: MessageId;
  /** Heads the column of what came out. */
  value: MessageId;
}): Panel {
  return definePanel({
    id,
    type: 'Observation',
    title,
    sort: '-date',
    withdrawn: isWithdrawn,
    ...(card && { card }),
    ...(category && {
      params: { category },
      belongs: (o: Observation) => hasCode(o.category, category),
    }),
    columns: [
      {
        id: 'what',
        header: what,
        rowHeader: true,
        cell: (o) => <What of={o} />,
      },
      {
        id: 'value',
        header: value,
        cell: (o) => (
          <Lines
            lines={[
              <Measurements key="values" values={measurements(o)} />,
              ...longLines(noteTexts(o.note)),
            ]}
          />
        ),
      },
      { id: 'range', header: 'referenceRange', cell: (o) => <Ranges of={o} /> },
      ...(category
        ? []
        : [
            {
              id: 'category',
              header: 'category' as const,
              cell: (o: Observation) => <Value>{listText(conceptTexts(o.category))}</Value>,
            },
          ]),
      { id: 'date', header: 'date', cell: (o) => <DateText value={when(o)} /> },
      { id: 'status', header: 'status', cell: (o) => <Status code={o.status} /> },
    ],
    line: (o) => ({
      date: when(o),
      text: conceptText(o.code),
      detail: (
        <Lines
          lines={[
            <Measurements key="values" values={measurements(o)} />,
            // A result that may still change, or was changed, says so wherever it stands.
            o.status !== 'final' && <Status key="status" code={o.status} />,
          ].filter(Boolean)}
        />
      ),
    }),
  });
}
