import { useFhir } from '#data/fhir-context.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Icon } from '#ui/icon.tsx';
import { AttachmentFile } from './attachment-file.tsx';
import { shownAttachment } from './attachment.ts';
import { Missing } from '../cells/cells.tsx';
import { messages } from '../messages.ts';
import styles from './attachment-view.module.css';

/** Shows an attachment as text, as a file on request, or as a link out of this app. */
export function AttachmentView({ attachment, of }: { attachment: unknown; of: unknown }) {
  const t = useMessages(messages);
  const { baseUrl } = useFhir().client;
  const shown = shownAttachment(attachment, baseUrl, of);
  const title = shown.title ?? t('attachment');
  if (shown.kind === 'text') {
    return (
      <details className={styles.text}>
        <summary>{title}</summary>
        <div className={styles.content}>{shown.content}</div>
        {shown.cut && <p>{t('textCut')}</p>}
      </details>
    );
  }
  if (shown.kind === 'link') {
    return (
      <a href={shown.href} target="_blank" rel="noopener noreferrer" className={styles.link}>
        {title} <Icon name="external" />
        <span className="visually-hidden">{t('opensElsewhere')}</span>
      </a>
    );
  }
  return (
    <div className={styles.file}>
      <bdi>{title}</bdi>{' '}
      {shown.kind === 'file' ? (
        <AttachmentFile file={shown} name={title} />
      ) : (
        <Missing>{t('cannotShow', { type: shown.contentType ?? t('unknownType') })}</Missing>
      )}
    </div>
  );
}
