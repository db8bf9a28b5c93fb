import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { waitForQuiet } from './quiet-wait.ts';

/** Events that mean that the user has begun to use the page, so nothing more is held back. */
const USE = ['keydown', 'pointerdown', 'touchmove', 'wheel'] as const;

const ANSWERS = new Set(['success', 'error']);

/**
 * Whether a page loads for the first time, so that its parts appear from the top down.
 *
 * @param key id of what the page shows; another key starts anew
 */
export function useInitialLoad(key: string): boolean {
  const cache = useQueryClient().getQueryCache();
  const [filled, setFilled] = useState<string>();
  useEffect(() => {
    const end = (): void => setFilled(key);
    const { heard, giveUp } = waitForQuiet(end);
    const unsubscribe = cache.subscribe((event) => {
      // An error is a response, too.
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
