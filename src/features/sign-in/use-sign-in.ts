import { useState } from 'react';
import type { SignInInput } from '#session/state/state.ts';

export interface SigningIn {
  readonly busy: boolean;
  readonly error: unknown;
  start(input?: SignInInput): void;
}

/** Runs a sign-in and holds its progress and error. */
export function useSignIn(signIn: (input?: SignInInput) => Promise<void>): SigningIn {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = async (input?: SignInInput): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      await signIn(input);
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, start: (input) => void run(input) };
}
