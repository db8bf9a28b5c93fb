import type { DocumentReference } from 'fhir/r4';
import { conceptText } from '#fhir/coding.ts';
import { referenceIn } from '#fhir/contained.ts';
import { list, records, text } from '#lib/narrow.ts';
import { AttachmentView } from '../attachment-view.tsx';
import { DateText, isWithdrawn, Lines, Status, Value } from '../cells.tsx';
import { definePanel } from '../panel.ts';

const title = (d: DocumentReference): string | undefined =>
  text(d.description) ?? conceptText(d.type) ?? records(d.category).map(conceptText)[0];

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
      cell: (d) => <Value>{title(d)}</Value>,
    },
    { id: 'date', header: 'date', cell: (d) => <DateText value={d.date} /> },
    {
      id: 'by',
      header: 'author',
      cell: (d) => <Lines lines={list(d.author).map((a) => referenceIn(d, a))} />,
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
            <AttachmentView key={index} attachment={content['attachment']} />
          ))}
        />
      ),
    },
  ],
  line: (d) => ({ date: d.date, text: title(d), detail: <States of={d} /> }),
});
