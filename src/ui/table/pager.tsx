import { useEffect, useRef } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '../button.tsx';
import { messages } from '../messages.ts';
import styles from './pager.module.css';

export interface PagerProps {
  /** Page number, starting at 1. */
  page: number;
  hasNext: boolean;
  hasPrevious: boolean;
  onNext: () => void;
  onPrevious: () => void;
  /** Total from the server, if it sent one. */
  total?: number | undefined;
  /** Numbers of the first and last item on this page, for "21–30 of 1,234"; only with a total. */
  range?: { from: number; to: number } | undefined;
  busy?: boolean | undefined;
}

/**
 * Next and Previous buttons. Servers send opaque links only, so no other page can be opened
 * directly.
 */
export function Pager({
  page,
  hasNext,
  hasPrevious,
  onNext,
  onPrevious,
  total,
  range,
  busy,
}: PagerProps) {
  const t = useMessages(messages);
  const next = useRef<HTMLButtonElement>(null);
  const previous = useRef<HTMLButtonElement>(null);
  const pressed = useRef<'next' | 'previous'>(undefined);

  // A focused button that becomes disabled loses the focus, so move it to the other button.
  useEffect(() => {
    if (busy) return;
    if (pressed.current === 'next' && !hasNext) previous.current?.focus();
    if (pressed.current === 'previous' && !hasPrevious) next.current?.focus();
    pressed.current = undefined;
  }, [busy, hasNext, hasPrevious]);

  return (
    <nav className={styles.pager} aria-label={t('pages')}>
      <p className={styles.status} role="status">
        <span className={styles.page}>{t('page', { page })}</span>
        {total !== undefined && range && <span>{t('pageOf', { ...range, total })}</span>}
      </p>
      <div className={styles.buttons}>
        <Button
          ref={previous}
          icon="chevron-left"
          disabled={!hasPrevious}
          aria-disabled={busy || undefined}
          onClick={() => {
            if (busy) return;
            pressed.current = 'previous';
            onPrevious();
          }}
        >
          <span className={styles.words}>{t('previousPage')}</span>
        </Button>
        <Button
          ref={next}
          iconEnd="chevron-right"
          disabled={!hasNext}
          aria-disabled={busy || undefined}
          onClick={() => {
            if (busy) return;
            pressed.current = 'next';
            onNext();
          }}
        >
          <span className={styles.words}>{t('nextPage')}</span>
        </Button>
      </div>
    </nav>
  );
}
