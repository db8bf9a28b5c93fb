import { useState, type ComponentType } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from './button.tsx';
import type { MissingPart } from './lazy-part.tsx';
import { messages } from './messages.ts';

/**
 * Says, in the place of a part of a page, that its file did not come: there where no more is sure to
 * be loaded than what the first list takes. Elsewhere `PartMissing` says why.
 */
export function PlainMissing({ onRetry }: Pick<MissingPart, 'onRetry'>) {
  const t = useMessages(messages);
  // What was pressed: this button goes, and the focus back to it.
  const [opener] = useState(() => document.activeElement);
  const retry = (): void => {
    if (opener instanceof HTMLElement) opener.focus();
    onRetry();
  };
  return (
    <p role="alert">
      {t('partMissing')} <Button onClick={retry}>{t('tryAgain')}</Button>
    </p>
  );
}

/** The same in words alone, where it would stand many times, as in the cells of a column. */
export const PlainMissingText: ComponentType<object> = () => useMessages(messages)('partMissing');
