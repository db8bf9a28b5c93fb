import { listText } from '#i18n/list.ts';
import { useMessages } from '#i18n/provider.tsx';
import { elementLabels } from '#ui/elements/element-label.ts';
import { messages as elementMessages } from '#ui/elements/messages.ts';
import type { NoticeProps } from '#ui/notice.tsx';
import { messages } from './messages.ts';

/** Success, or an alert where the server did not keep everything. */
export const toneOf = (lost: readonly string[]): Pick<NoticeProps, 'tone' | 'role'> =>
  lost.length > 0 ? { tone: 'warning', role: 'alert' } : { tone: 'success' };

/**
 * Names the elements that the server did not keep as they were sent; nothing where it kept all.
 *
 * @param lost names of elements, of `notKept`
 */
export function NotKept({ lost }: { lost: readonly string[] }) {
  const t = useMessages(messages);
  const elements = useMessages(elementMessages);
  if (lost.length === 0) return null;
  return <p>{t('notKept', { elements: listText(elementLabels(lost, elements)) })}</p>;
}
