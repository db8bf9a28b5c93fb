import type { Attempt } from './use-attempt.ts';

/**
 * Runs a change that reads its base version before it sends. Until it calls `sending`, the attempt
 * can be cancelled; after that it counts as sent.
 */
export function sendOnce<A>(
  { signal, send }: Attempt,
  change: (how: { readonly signal: AbortSignal; readonly sending: () => void }) => Promise<A>,
): Promise<A> {
  const answer: Promise<A> = change({
    signal,
    // The change calls this only after its first await, when `answer` is assigned. The caller
    // handles its failure.
    sending: () => void send(() => answer).catch(() => undefined),
  });
  return answer;
}
