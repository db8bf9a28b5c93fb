import { lazy, Suspense } from 'react';
import { record, text } from '#lib/narrow.ts';
import styles from './attachment-cell.module.css';

// No card of the summary shows one.
const AttachmentView = lazy(async () => ({
  default: (await import('./attachment-view.tsx')).AttachmentView,
}));

/** Cell of an attachment, by its title until it can be opened. */
export function Attachment({ attachment }: { attachment: unknown }) {
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
      <AttachmentView attachment={attachment} />
    </Suspense>
  );
}
