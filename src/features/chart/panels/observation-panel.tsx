import type { Observation } from 'fhir/r4';
import type { ReactNode } from 'react';
import { conceptTexts, hasCode } from '#fhir/coding.ts';
import { focusTexts } from '#fhir/observation-focus.ts';
import { measurements } from '#fhir/observation.ts';
import { listText } from '#i18n/list.ts';
import { useMessages } from '#i18n/provider.tsx';
import { noteTexts } from '#lib/long-text.ts';
import { Flag } from '#ui/flag.tsx';
import { isWithdrawn, Lines, Status, Value } from '../cells.tsx';
import { resultTime } from '../happened.ts';
import { LineDate } from '../line-date.tsx';
import { longLines } from '../long-text.tsx';
import { Measurements } from '../measurements.tsx';
import { messages } from '../messages.ts';
import { definePanel, type MessageId, type Panel } from '../panel.ts';
import { whatText, whatTexts } from '../what.tsx';

/** Says whom or what a result is about that is not the patient's own. */
function About({ of }: { of: Observation }) {
  const t = useMessages(messages);
  const whom = focusTexts(of).map((words) => words ?? t('notKnown'));
  return (
    <Flag tone="warning" icon="warning">
      <span>
        {t('about')}: <bdi>{listText(whom)}</bdi>
      </span>
    </Flag>
  );
}

const about = (o: Observation): readonly ReactNode[] =>
  focusTexts(o).length > 0 ? [<About key="about" of={o} />] : [];

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
    ...(card && { card, each: true }),
    ...(category && {
      params: { category },
      belongs: (o: Observation) => hasCode(o.category, category),
    }),
    columns: [
      {
        id: 'what',
        header: what,
        rowHeader: true,
        cell: (o, t) => <Lines lines={[...whatTexts(o, t), ...about(o)]} />,
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
      { id: 'date', header: 'date', cell: (o, t) => <LineDate of={resultTime(o, t)} /> },
      { id: 'status', header: 'status', cell: (o) => <Status code={o.status} /> },
    ],
    line: (o, t) => ({
      ...resultTime(o, t),
      text:
        focusTexts(o).length === 0 ? (
          whatText(o, t)
        ) : (
          <Lines lines={[whatText(o, t), ...about(o)]} />
        ),
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
