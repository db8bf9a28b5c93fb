import { useMessages } from '#i18n/provider.tsx';
import { Notice } from '../notice.tsx';
import { messages } from './messages.ts';

/**
 * Tells what is known about a change whose response was lost (role `alert`).
 *
 * @param told what is known: nothing; nothing was changed; nothing was changed so far
 */
export function LostNotice({ told }: { told: 'unknown' | 'not-done' | 'not-yet' }) {
  const t = useMessages(messages);
  return <Notice tone="warning" role="alert" title={t(told)} />;
}
