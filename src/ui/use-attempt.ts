import { useEffect, useRef, useState } from 'react';

/** What the work of an attempt is given. */
export interface Attempt {
  /** Aborted when the dialog is closed or its page left. */
  readonly signal: AbortSignal;
  /**
   * Sends what cannot be called back: the dialog stays until its answer. Throws without sending
   * where the attempt was called off before.
   */
  readonly send: <A>(write: () => Promise<A>) => Promise<A>;
}

export interface Attempts {
  readonly busy: boolean;
  /** A write has left: whether it was done is known only once its answer is there. */
  readonly sent: boolean;
  /**
   * Starts, unless one is under way. Neither `done` nor `failed` is called once the attempt was
   * called off or its page left: nobody is told of, or led to, what they turned away from.
   */
  readonly run: <A>(
    work: (attempt: Attempt) => Promise<A>,
    done: (result: A) => void,
    failed: (error: unknown) => void,
  ) => Promise<void>;
  /** Closes the dialog and calls the attempt off; does nothing while a write is out. */
  readonly close: () => void;
}

/** Attempts that end with their dialog: Cancel means that nothing is sent any more. */
export function useAttempt(onClose: () => void): Attempts {
  const [phase, setPhase] = useState<'idle' | 'begun' | 'sent'>('idle');
  // Not state: a second press comes before the next drawing.
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
