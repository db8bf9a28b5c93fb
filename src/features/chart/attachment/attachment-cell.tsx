import { lazy, Suspense } from 'react';
import { record, text } from '#lib/narrow.ts';
import styles from './attachment-cell.module.css';

// No card of the summary shows one.
const AttachmentView = lazy(async () => ({
  default: (await import('./attachment-view.tsx')).AttachmentView,
}));

/**
 * Cell of an attachment, by its title until it can be opened.
 *
 * @param props.of the record that holds it
 */
export function Attachment({ attachment, of }: { attachment: unknown; of: unknown }) {
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
