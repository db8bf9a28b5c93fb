import type { Attempt } from './use-attempt.ts';

/**
 * Runs, in an attempt, a change that reads its base version before it sends: until it calls
 * `sending`, the attempt can be cancelled; from then on it counts as sent.
 */
export function sendOnce<A>(
  { signal, send }: Attempt,
  change: (how: { readonly signal: AbortSignal; readonly sending: () => void }) => Promise<A>,
): Promise<A> {
  const answer: Promise<A> = change({
    signal,
    // Never called before the change awaits something; its failure is handled by the caller.
    sending: () => void send(() => answer).catch(() => undefined),
  });
  return answer;
}
