import { lazy, Suspense, type ReactNode } from 'react';
import { record, text } from '#lib/narrow.ts';
import styles from './attachment-cell.module.css';

// Loaded lazily, because no summary card shows attachments.
const AttachmentView = lazy(async () => ({
  default: (await import('./attachment-view.tsx')).AttachmentView,
}));

/** Returns attachments as lines of a cell. */
export const attachments = (all: readonly unknown[], of: unknown): readonly ReactNode[] =>
  all.map((attachment, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- attachments have no identity
    <Attachment key={index} attachment={attachment} of={of} />
  ));

/**
 * Shows an attachment; only its title until the code of the view is loaded.
 *
 * @param props.of the record that contains the attachment
 */
function Attachment({ attachment, of }: { attachment: unknown; of: unknown }) {
  const { title, data, contentType } = record(attachment);
  const inline = data !== undefined && text(contentType)?.startsWith('text/');
  return (
    <Suspense
      fallback={
        <div className={inline ? styles.text : styles.file}>
          <bdi>{text(title)}</bdi>
        </div>
      }
    >
      <AttachmentView attachment={attachment} of={of} />
    </Suspense>
  );
}
