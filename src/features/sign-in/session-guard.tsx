import { useMatchRoute } from '@tanstack/react-router';
import { Suspense, useEffect, type ReactNode } from 'react';
import { whenIdle } from '#lib/when-idle.ts';
import { staySignedIn, useIdleState } from '#session/idle/idle-watch.ts';
import { useSessionState } from '#session/state/provider.tsx';
import { lazyPart } from '#ui/states/lazy-part.tsx';
import { MaskedContext } from '#ui/masked.ts';
import { MissingDialog } from '#ui/dialog/plain-missing.tsx';
import styles from './session-guard.module.css';

const ExpiredDialog = lazyPart(
  async () => (await import('./expired-dialog.tsx')).ExpiredDialog,
  MissingDialog,
);
const IdleDialog = lazyPart(
  async () => (await import('./idle-dialog.tsx')).IdleDialog,
  // Closing the message shows that the user is present.
  ({ onRetry }) => <MissingDialog onRetry={onRetry} onClose={staySignedIn} />,
);

/**
 * Guards an open session: warns before an idle session ends, and masks the page when no valid token
 * is left. The page stays mounted, so that input is not lost. The access check stays visible,
 * because it shows no patient and explains the failure.
 */
export function SessionGuard({ children }: { children: ReactNode }) {
  const state = useSessionState();
  const idle = useIdleState();
  const matches = useMatchRoute();
  const open = state.state === 'ready';
  // The dialogs may be needed offline, and unsaved input depends on them. Preload them when idle
  // after the first input.
  useEffect(() => {
    if (!open) return undefined;
    const used = new AbortController();
    const fetchAhead = (): void => {
      used.abort();
      whenIdle(() => {
        void IdleDialog.fetch();
        void ExpiredDialog.fetch();
      });
    };
    for (const use of ['keydown', 'pointerdown']) {
      document.addEventListener(use, fetchAhead, { signal: used.signal });
    }
    return () => used.abort();
  }, [open]);
  const expired = state.state === 'ready' && state.expired && !matches({ to: '/access' });
  return (
    <>
      <MaskedContext value={expired}>
        <div className={expired ? styles.masked : undefined}>{children}</div>
      </MaskedContext>
      <Suspense>
        {expired && <ExpiredDialog state={state} />}
        {state.state === 'ready' && idle.state === 'warning' && (
          // Remounted when the session expires, so that it stays above that dialog: without a
          // reaction the user would lose the form below.
          <IdleDialog key={`${expired}`} session={state.session} secondsLeft={idle.secondsLeft} />
        )}
      </Suspense>
    </>
  );
}
