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
  // Who closes it is there.
  ({ onRetry }) => <MissingDialog onRetry={onRetry} onClose={staySignedIn} />,
);

/**
 * Watches over an open session: warns before it ends for want of use, and hides the page below it
 * once the token is gone. The page stays mounted, so that nothing that was typed is lost. The access
 * check stays in sight: it shows no patient, and says why the token is gone.
 */
export function SessionGuard({ children }: { children: ReactNode }) {
  const state = useSessionState();
  const idle = useIdleState();
  const matches = useMatchRoute();
  const open = state.state === 'ready';
  // Wanted when the network may be gone, and what was typed depends on them: there from the first use
  // of the page on, when there is nothing better to do.
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
          // Above the dialog of the expiry, whichever comes first: the form below is at stake.
          <IdleDialog key={`${expired}`} session={state.session} secondsLeft={idle.secondsLeft} />
        )}
      </Suspense>
    </>
  );
}
