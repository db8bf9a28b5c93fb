import type { Attempt } from './use-attempt.ts';

/**
 * Does a change that reads what it stands on before it leaves, in an attempt: until it calls
 * `sending`, the attempt can be called off, and from then on it counts as sent.
 */
export function sendOnce<A>(
  { signal, send }: Attempt,
  change: (how: { readonly signal: AbortSignal; readonly sending: () => void }) => Promise<A>,
): Promise<A> {
  const answer: Promise<A> = change({
    signal,
    // Never before the change has begun to wait for something; its failure is the caller's.
    sending: () => void send(() => answer).catch(() => undefined),
  });
  return answer;
}
