import { useBlocker } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { beforeSignOut } from '#session/before-sign-out.ts';
import { Button } from '#ui/button.tsx';
import { PlainDialog } from '#ui/dialog/plain-dialog.tsx';
import { preload } from './preload.ts';
import type { LeaveQuestionProps } from './leave-question.tsx';
import { messages } from './messages.ts';
import styles from './form.module.css';

/** Asks the same question in a plain dialog if the code of `LeaveQuestion` could not be loaded. */
function PlainQuestion({ sent, onAnswer }: LeaveQuestionProps) {
  const t = useMessages(messages);
  const text = t(sent ? 'leaveSentText' : 'leaveText');
  return (
    <div className={styles.question}>
      <PlainDialog label={text} onClose={() => onAnswer(false)}>
        <p>{text}</p>
        <Button onClick={() => onAnswer(false)}>{t('stay')}</Button>
        <Button variant="danger" onClick={() => onAnswer(true)}>
          {t(sent ? 'leaveSent' : 'leave')}
        </Button>
      </PlainDialog>
    </div>
  );
}

const LeaveQuestion = preload(
  async () => (await import('./leave-question.tsx')).LeaveQuestion,
  PlainQuestion,
);

interface Props {
  isDirty: () => boolean;
  /** True while a sent write has no response yet: leaving does not cancel it. */
  sent: boolean;
  onLeave: () => void;
}

/** Warns before a link, the Back button, closing the tab or signing out loses unsaved changes. */
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
  return <LeaveQuestion sent={sent} onAnswer={answer} />;
}
