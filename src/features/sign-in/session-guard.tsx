import { useMatchRoute } from '@tanstack/react-router';
import { lazy, Suspense, type ReactNode } from 'react';
import { useIdleState } from '#session/idle-watch.ts';
import { useSessionState } from '#session/provider.tsx';
import { MaskedContext } from '#ui/masked.ts';
import styles from './session-guard.module.css';

const ExpiredDialog = lazy(async () => ({
  default: (await import('./expired-dialog.tsx')).ExpiredDialog,
}));
const IdleDialog = lazy(async () => ({ default: (await import('./idle-dialog.tsx')).IdleDialog }));

/**
 * Watches over an open session: warns before it ends for want of use, and hides the page below it
 * once the token is gone. The page stays mounted, so that nothing that was typed is lost. The access
 * check stays in sight: it shows no patient, and says why the token is gone.
 */
export function SessionGuard({ children }: { children: ReactNode }) {
  const state = useSessionState();
  const idle = useIdleState();
  const matches = useMatchRoute();
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
