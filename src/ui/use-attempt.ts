import { useEffect, useRef, useState } from 'react';

/** The argument of an attempt's work. */
export interface Attempt {
  /** Aborted when the dialog is closed or its page left. */
  readonly signal: AbortSignal;
  /**
   * Sends a write, which cannot be cancelled: the dialog stays until its answer. Throws without
   * sending where the attempt was cancelled before.
   */
  readonly send: <A>(write: () => Promise<A>) => Promise<A>;
}

export interface Attempts {
  readonly busy: boolean;
  /** A write was sent: its outcome is not known until its answer is there. */
  readonly sent: boolean;
  /**
   * Starts, unless one is under way. Neither `done` nor `failed` is called once the attempt was
   * cancelled or its page left: its result must not interrupt what the user does by then.
   */
  readonly run: <A>(
    work: (attempt: Attempt) => Promise<A>,
    done: (result: A) => void,
    failed: (error: unknown) => void,
  ) => Promise<void>;
  /** Closes the dialog and cancels the attempt; does nothing while a write is under way. */
  readonly close: () => void;
}

/** Attempts that end with their dialog: after Cancel nothing is sent any more. */
export function useAttempt(onClose: () => void): Attempts {
  const [phase, setPhase] = useState<'idle' | 'begun' | 'sent'>('idle');
  // Not state: a second press may come before the next render.
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
