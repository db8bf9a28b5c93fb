import { useState, type ComponentType } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '../button.tsx';
import type { MissingPart } from '../states/lazy-part.tsx';
import { messages } from '../messages.ts';
import { PlainDialog } from './plain-dialog.tsx';

/**
 * Replaces a part of a page whose file could not be loaded. For parts of the first list, where no
 * other code is certain to be loaded. Elsewhere `PartMissing` also tells why.
 */
export function PlainMissing({ onRetry }: Pick<MissingPart, 'onRetry'>) {
  const t = useMessages(messages);
  // The retry button disappears, so the focus returns to the element that opened the part.
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

/**
 * Shows the same message in a dialog, which is harder to overlook.
 *
 * @param props.onClose continues without the part; omit it if that is not possible
 */
export function MissingDialog({
  onRetry,
  onClose,
}: Pick<MissingPart, 'onRetry'> & { onClose?: () => void }) {
  const t = useMessages(messages);
  return (
    <PlainDialog label={t('partMissing')} onClose={onClose}>
      <p>{t('partMissing')}</p>
      <Button onClick={onRetry}>{t('tryAgain')}</Button>
      {onClose && <Button onClick={onClose}>{t('close')}</Button>}
    </PlainDialog>
  );
}

/** The same message as plain text, for places where it is repeated, such as table cells. */
export const PlainMissingText: ComponentType<object> = () => useMessages(messages)('partMissing');
