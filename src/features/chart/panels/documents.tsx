import type { DocumentReference } from 'fhir/r4';
import type { ReactNode } from 'react';
import { codedText } from '#fhir/coded/coded-text.ts';
import { referenceIn } from '#fhir/values/contained.ts';
import { list, records, text } from '#lib/narrow.ts';
import { Attachment } from '../attachment/attachment-cell.tsx';
import { DateText, isWithdrawn, Lines, Status, Value } from '../cells/cells.tsx';
import { definePanel, type MessageId, type T } from '../panel.ts';
import { namedIn } from '../cells/reasons.ts';
import { labelledLine } from '../cells/labelled-line.tsx';
import styles from '../cells/cells.module.css';

/**
 * What kind of document it is, and below that how it was described: "Scanned document 17" must not
 * stand for "Do not resuscitate".
 *
 * @see https://hl7.org/fhir/R4/documentreference-definitions.html#DocumentReference.type
 */
const titles = (d: DocumentReference): readonly (string | undefined)[] => [
  ...new Set([
    codedText(d.type) ?? records(d.category).map(codedText).find(Boolean),
    text(d.description),
  ]),
];

const RELATES = ['replaces', 'transforms', 'signs', 'appends'] as const;

/** Which other documents it replaces, adds to, signs: an addendum is not the whole. */
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

/** A line of a list: the kind of document, and below it all else that says which one it is. */
function Headline({ of, t }: { of: DocumentReference; t: T }) {
  const [first, ...others] = titles(of).filter((title) => title !== undefined);
  const rest = [...others, ...related(of, t)].filter(Boolean);
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

/** Of the reference, and of the document itself: a draft must not look like a signed one. */
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

export const documents = definePanel({
  id: 'documents',
  type: 'DocumentReference',
  title: 'documents',
  sort: '-date',
  card: true,
  withdrawn: (d) => isWithdrawn(d) || d.docStatus === 'entered-in-error',
  columns: [
    {
      id: 'what',
      header: 'document',
      rowHeader: true,
      cell: (d, t) => <Lines lines={[...titles(d), ...related(d, t)]} />,
    },
    { id: 'date', header: 'date', cell: (d) => <DateText value={d.date} /> },
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
          lines={records(d.content).map((content, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- attachments have no identity
            <Attachment key={index} attachment={content['attachment']} of={d} />
          ))}
        />
      ),
    },
  ],
  line: (d, t) => ({
    date: d.date,
    text: <Headline of={d} t={t} />,
    detail: <States of={d} />,
  }),
});
