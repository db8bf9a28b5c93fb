import { listText } from '#i18n/list.ts';
import { useMessages } from '#i18n/provider.tsx';
import { elementLabels } from '../elements/element-label.ts';
import { messages as elementMessages } from '../elements/messages.ts';
import type { NoticeProps } from '../notice.tsx';
import { messages } from './messages.ts';

/** Returns the tone of a success notice, or of an alert if the server did not store everything. */
export const toneOf = (lost: readonly string[]): Pick<NoticeProps, 'tone' | 'role'> =>
  lost.length > 0 ? { tone: 'warning', role: 'alert' } : { tone: 'success' };

/**
 * Lists the elements that the server did not store as sent; renders nothing if it stored all.
 *
 * @param lost element names from `notKept`
 */
export function NotKept({ lost }: { lost: readonly string[] }) {
  const t = useMessages(messages);
  const elements = useMessages(elementMessages);
  if (lost.length === 0) return null;
  return <p>{t('notKept', { elements: listText(elementLabels(lost, elements)) })}</p>;
}
