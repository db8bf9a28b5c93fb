import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { waitForQuiet } from './quiet-wait.ts';

/** Who does one of these has begun to use the page: nothing may be held back any longer. */
const USE = ['keydown', 'pointerdown', 'touchmove', 'wheel'] as const;

const ANSWERS = new Set(['success', 'error']);

/**
 * Whether a page is being filled for the first time, and may come from the top down.
 *
 * @param key what the page is about; another one is filled anew
 */
export function useInitialLoad(key: string): boolean {
  const cache = useQueryClient().getQueryCache();
  const [filled, setFilled] = useState<string>();
  useEffect(() => {
    const end = (): void => setFilled(key);
    const { heard, giveUp } = waitForQuiet(end);
    const unsubscribe = cache.subscribe((event) => {
      // A refusal is an answer, too.
      if (event.type === 'updated' && ANSWERS.has(event.action.type)) heard();
    });
    for (const type of USE) window.addEventListener(type, end, { once: true, passive: true });
    return () => {
      giveUp();
      unsubscribe();
      for (const type of USE) window.removeEventListener(type, end);
    };
  }, [key, cache]);
  return filled !== key;
}
