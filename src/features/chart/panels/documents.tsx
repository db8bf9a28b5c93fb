import type { DocumentReference } from 'fhir/r4';
import type { ReactNode } from 'react';
import { codedText } from '#fhir/coded/coded-text.ts';
import { absentReason } from '#fhir/values/absent-reason.ts';
import { formatDate, formatDateTime, localDay } from '#fhir/dates/dates.ts';
import { referenceIn } from '#fhir/values/contained.ts';
import { formatPeriod } from '#fhir/values/values.ts';
import { list, record, records, text } from '#lib/narrow.ts';
import { conceptWords, isWithdrawn, Lines, Status, Value } from '../cells/cells.tsx';
import { definePanel, type MessageId, type PanelLine, type T } from '../panel.ts';
import { eventDate } from '../cells/event-date.ts';
import { LineDate } from '../cells/line-date.tsx';
import { startOf } from '../cells/local-day.ts';
import { namedIn } from '../cells/reasons.ts';
import { labelledLine } from '../cells/labelled-line.tsx';
import { drawnLater } from './drawn-later.ts';
import styles from '../cells/cells.module.css';

/**
 * Returns the type of a document, followed by its description: "Scanned document 17" must not hide
 * "Do not resuscitate".
 *
 * @see https://hl7.org/fhir/R4/documentreference-definitions.html#DocumentReference.type
 */
function titles(d: DocumentReference, t: T): readonly string[] {
  const type = absentReason(d.type) === undefined ? codedText(d.type) : undefined;
  const kind = type ?? records(d.category).map(codedText).find(Boolean);
  const words = [kind, text(d.description)];
  const shown = words.some(Boolean) ? words : [conceptWords(d.type, t)];
  return [...new Set(shown)].filter((title) => title !== undefined);
}

const RELATES = ['replaces', 'transforms', 'signs', 'appends'] as const;

/**
 * Returns which documents it replaces, transforms, signs or adds to: an addendum is not the whole.
 */
const related = (d: DocumentReference, t: T): readonly ReactNode[] =>
  RELATES.map((code) =>
    labelledLine(
      t,
      `relates.${code}` satisfies MessageId,
      records(d.relatesTo)
        .filter((other) => other['code'] === code)
        .map(({ target }) => namedIn(d, target, t('otherDocument'))),
    ),
  );

/** The value that .NET writes for a date that was never set. */
const UNSET = '0001-01-01';

/**
 * Returns the time of a document: of the care that it describes, else of its creation, else of the
 * DocumentReference, marked as such. An old letter may be scanned today.
 *
 * @see https://hl7.org/fhir/R4/documentreference-definitions.html#DocumentReference.context.period
 */
function time(d: DocumentReference, t: T): Pick<PanelLine, 'date' | 'when'> {
  const period = record(record(d.context)['period']);
  const [start, end] = [period['start'], period['end']].map(text);
  const words = formatPeriod(period);
  if (words)
    return {
      date: startOf(start) === undefined ? (end ?? start) : start,
      ...(end && { when: words }),
    };
  const created = records(d.content)
    .map(({ attachment }) => text(record(attachment)['creation']))
    .find((at) => formatDateTime(at) && !at?.startsWith(UNSET));
  return eventDate({ createdDateTime: created }, 'created', d.date, t);
}

/** Returns the date of the DocumentReference if it is another day: the server sorts by it. */
function recordedOn(d: DocumentReference, t: T): string | undefined {
  const at = time(d, t);
  const recorded = eventDate({}, 'created', d.date, t).when;
  const day = formatDate(localDay(d.date));
  const isSameDay = day !== undefined && (at.when ?? formatDateTime(at.date))?.includes(day);
  return at.when === recorded || isSameDay ? undefined : recorded;
}

/** Shows the time of a document and, below it, when it was recorded. */
function Time({ of: d, t }: { of: DocumentReference; t: T }) {
  const recorded = recordedOn(d, t);
  return (
    <Lines
      lines={[
        <LineDate key="time" of={time(d, t)} />,
        recorded && (
          <span key="recorded" className={styles.below}>
            {recorded}
          </span>
        ),
      ]}
    />
  );
}

/**
 * Shows the line of a card: the type of document and, below it, its description, its relations and
 * the date of recording, which explains why an old letter is among the newest.
 */
function Headline({ of, t }: { of: DocumentReference; t: T }) {
  const [first, ...others] = titles(of, t);
  const rest = [...others, ...related(of, t), recordedOn(of, t)].filter(Boolean);
  return (
    <>
      <div>
        <Value>{first}</Value>
      </div>
      {rest.length > 0 && (
        <div className={styles.below}>
          <Lines lines={rest} />
        </div>
      )}
    </>
  );
}

/**
 * Shows the status of the reference and of the document: a draft must not look like a signed one.
 */
function States({ of: { status, docStatus } }: { of: DocumentReference }) {
  return (
    <Lines
      lines={[
        <Status key="status" code={status} />,
        docStatus ? <Status key="doc" code={docStatus} /> : undefined,
      ]}
    />
  );
}

const { load, drawn } = drawnLater(() => import('../attachment/attachment-cell.tsx'));

export const documents = definePanel({
  id: 'documents',
  type: 'DocumentReference',
  title: 'documents',
  sort: '-date',
  // A function that returns the message id suffices: only the presence of a message counts.
  sortedBy: (all) => (all.some((d) => recordedOn(d, (id) => id)) ? 'sortedByRecorded' : undefined),
  load,
  card: true,
  withdrawn: (d) => isWithdrawn(d) || d.docStatus === 'entered-in-error',
  columns: [
    {
      id: 'what',
      header: 'document',
      rowHeader: true,
      cell: (d, t) => <Lines lines={[...titles(d, t), ...related(d, t)]} />,
    },
    { id: 'date', header: 'date', cell: (d, t) => <Time of={d} t={t} /> },
    {
      id: 'by',
      header: 'author',
      cell: (d, t) => (
        <Lines
          lines={[
            ...list(d.author).map((a) => referenceIn(d, a)),
            labelledLine(t, 'authenticated', [d.authenticator && referenceIn(d, d.authenticator)]),
          ]}
        />
      ),
    },
    {
      id: 'status',
      header: 'status',
      cell: (d) => <States of={d} />,
    },
    {
      id: 'content',
      header: 'content',
      width: '36%',
      cell: (d) => (
        <Lines
          lines={drawn().attachments(
            records(d.content).map((one) => one['attachment']),
            d,
          )}
        />
      ),
    },
  ],
  line: (d, t) => ({
    ...time(d, t),
    text: <Headline of={d} t={t} />,
    detail: <States of={d} />,
  }),
});
