import { useMessages } from '#i18n/provider.tsx';
import { Notice } from '../notice.tsx';
import { messages } from './messages.ts';

/** Says that a later page is gone, and that what is shown begins again. */
export function PageExpired() {
  const t = useMessages(messages);
  return (
    <Notice role="status">
      <p>{t('expired')}</p>
    </Notice>
  );
}
