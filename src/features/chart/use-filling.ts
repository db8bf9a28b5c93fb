import { useEffect, useState } from 'react';

/** How long what stands further down waits for what stands above it. */
const PATIENCE_MS = 1500;

/** Who does one of these has begun to use the page: nothing may be held back any longer. */
const USE = ['keydown', 'pointerdown', 'touchmove', 'wheel'] as const;

/**
 * Whether a page is being filled for the first time, and may come from the top down.
 *
 * @param key what the page is about; another one is filled anew
 */
export function useFilling(key: string): boolean {
  const [filled, setFilled] = useState<string>();
  useEffect(() => {
    const end = (): void => setFilled(key);
    const timer = setTimeout(end, PATIENCE_MS);
    for (const type of USE) window.addEventListener(type, end, { once: true, passive: true });
    return () => {
      clearTimeout(timer);
      for (const type of USE) window.removeEventListener(type, end);
    };
  }, [key]);
  return filled !== key;
}
