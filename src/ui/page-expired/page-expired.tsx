import { useMessages } from '#i18n/provider.tsx';
import { Notice } from '../notice.tsx';
import { messages } from './messages.ts';

/** Tells that a later page has expired on the server, and that the list starts again. */
export function PageExpired() {
  const t = useMessages(messages);
  return (
    <Notice role="status">
      <p>{t('expired')}</p>
    </Notice>
  );
}
