import { listText } from '#i18n/list.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { elementLabels } from '#ui/elements/element-label.ts';
import { messages as elementMessages } from '#ui/elements/messages.ts';
import { messages as uiMessages } from '#ui/messages.ts';
import { Notice } from '#ui/notice.tsx';
import { messages } from './messages.ts';
import styles from '#ui/toast-frame.module.css';

/**
 * Tells over the current page that a version was restored, and which elements the server did not
 * keep.
 *
 * @param lost names of elements from `notKept`
 */
export function PartlyRestored({
  said,
  lost,
  onClose,
}: {
  said: string;
  lost: readonly string[];
  onClose: () => void;
}) {
  const t = useMessages(messages);
  const ui = useMessages(uiMessages);
  const elements = useMessages(elementMessages);
  return (
    <div className={styles.toast}>
      <Notice
        tone="warning"
        role="alert"
        title={said}
        actions={<Button onClick={onClose}>{ui('close')}</Button>}
      >
        <p>{t('notKept', { elements: listText(elementLabels(lost, elements)) })}</p>
      </Notice>
    </div>
  );
}
