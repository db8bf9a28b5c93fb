import { useEffect, useRef, useState } from 'react';

/** Passed to the work of an attempt. */
export interface Attempt {
  /** Aborted when the dialog is closed or its page is left. */
  readonly signal: AbortSignal;
  /**
   * Sends a write, which cannot be cancelled, so the dialog stays open until the response. Throws
   * without sending if the attempt was cancelled before.
   */
  readonly send: <A>(write: () => Promise<A>) => Promise<A>;
}

export interface Attempts {
  readonly busy: boolean;
  /** True after a write was sent, until its response arrives. */
  readonly sent: boolean;
  /**
   * Starts an attempt unless one is in progress. Calls neither `done` nor `failed` after the
   * attempt was cancelled or its page was left, because the result must not interrupt the user's
   * next task.
   */
  readonly run: <A>(
    work: (attempt: Attempt) => Promise<A>,
    done: (result: A) => void,
    failed: (error: unknown) => void,
  ) => Promise<void>;
  /** Closes the dialog and cancels the attempt; does nothing while a write is in progress. */
  readonly close: () => void;
}

/** Runs attempts that end with their dialog: after Cancel nothing more is sent. */
export function useAttempt(onClose: () => void): Attempts {
  const [phase, setPhase] = useState<'idle' | 'begun' | 'sent'>('idle');
  // A ref and not state, because a second click may come before the next render.
  const current = useRef<{ readonly control: AbortController; sent: boolean }>(undefined);
  useEffect(() => () => current.current?.control.abort(), []);

  const run: Attempts['run'] = async (work, done, failed) => {
    if (current.current) return;
    const mine = { control: new AbortController(), sent: false };
    current.current = mine;
    const { signal } = mine.control;
    const send: Attempt['send'] = async (write) => {
      signal.throwIfAborted();
      mine.sent = true;
      setPhase('sent');
      try {
        return await write();
      } finally {
        mine.sent = false;
        if (current.current === mine) setPhase('begun');
      }
    };
    setPhase('begun');
    const outcome = await work({ signal, send }).then(
      (value) => ({ value }) as const,
      (error: unknown) => ({ error }) as const,
    );
    if (current.current === mine) {
      current.current = undefined;
      setPhase('idle');
    }
    if (signal.aborted) return;
    if ('error' in outcome) failed(outcome.error);
    else done(outcome.value);
  };

  const close = (): void => {
    if (current.current?.sent) return;
    current.current?.control.abort();
    current.current = undefined;
    setPhase('idle');
    onClose();
  };

  return { busy: phase !== 'idle', sent: phase === 'sent', run, close };
}
