import { useBlocker } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import { beforeSignOut } from '#session/before-sign-out.ts';
import { beside } from './beside.ts';

const LeaveQuestion = beside(async () => (await import('./leave-question.tsx')).LeaveQuestion);

interface Props {
  isDirty: () => boolean;
  /** A write is out, its answer is not there yet: to leave does not call it back. */
  sent: boolean;
  onLeave: () => void;
}

/** Warns before unsaved changes are left: by a link, the Back button, the browser or a sign-out. */
export function LeaveGuard({ isDirty, sent, onLeave }: Props) {
  const [signOut, setSignOut] = useState<{ answer: (may: boolean) => void }>();
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname && isDirty(),
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  useEffect(() => {
    beforeSignOut.ask = async () => {
      if (!isDirty()) return true;
      return new Promise((answer) => setSignOut({ answer }));
    };
    return () => {
      beforeSignOut.ask = undefined;
    };
  });
  if (blocker.status !== 'blocked' && !signOut) return null;
  const answer = (may: boolean): void => {
    if (may) onLeave();
    signOut?.answer(may);
    setSignOut(undefined);
    if (may) blocker.proceed?.();
    else blocker.reset?.();
  };
  return (
    <Suspense>
      <LeaveQuestion sent={sent} onAnswer={answer} />
    </Suspense>
  );
}
