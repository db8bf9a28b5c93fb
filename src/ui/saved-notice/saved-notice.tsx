import { useLocation } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { listText } from '#i18n/list.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '../button.tsx';
import { elementLabels } from '../elements/element-label.ts';
import { messages as elementMessages } from '../elements/messages.ts';
import { messages as uiMessages } from '../messages.ts';
import { Notice } from '../notice.tsx';
import { NotKept, toneOf } from './not-kept.tsx';
import styles from '../toast-frame.module.css';

/**
 * Success notice on the page that opens after a save, until the user leaves that page. The save
 * announced its success to screen readers; this notice announces the elements that were not stored.
 *
 * @param changed elements that the save changed
 * @param lost elements that the server did not store as sent
 */
export function SavedNotice({
  said,
  changed = [],
  lost,
  onClose,
}: {
  said: string;
  changed?: readonly string[];
  lost: readonly string[];
  onClose: () => void;
}) {
  const ui = useMessages(uiMessages);
  const elements = useMessages(elementMessages);
  const path = useLocation({ select: ({ pathname }) => pathname });
  const [home] = useState(path);
  useEffect(() => {
    if (path !== home) onClose();
  });
  const names = elementLabels(changed, elements);
  return (
    <div className={styles.toast}>
      <Notice
        {...toneOf(lost)}
        title={said}
        actions={<Button onClick={onClose}>{ui('close')}</Button>}
      >
        {names.length > 0 && <p>{listText(names)}</p>}
        <NotKept lost={lost} />
      </Notice>
    </div>
  );
}
