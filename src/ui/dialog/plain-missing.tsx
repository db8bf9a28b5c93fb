import { useState, type ComponentType } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '../button.tsx';
import type { MissingPart } from '../states/lazy-part.tsx';
import { messages } from '../messages.ts';
import { PlainDialog } from './plain-dialog.tsx';

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

/**
 * The same over the page, in place of a dialog: within the page it might be overlooked.
 *
 * @param props.onClose goes on without the part; none where there is nothing to go on with
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

/** The same in words alone, where it would stand many times, as in the cells of a column. */
export const PlainMissingText: ComponentType<object> = () => useMessages(messages)('partMissing');
