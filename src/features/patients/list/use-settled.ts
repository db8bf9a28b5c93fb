import { startTransition, useEffect, useState } from 'react';

/**
 * Whether the first list stands, and what may come later may be fetched and asked for: as a task of
 * its own, so that the page answers in between.
 *
 * @param listed the first list has been answered
 */
export function useSettled(listed: boolean): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    if (!listed) return undefined;
    const timer = setTimeout(() => startTransition(() => setSettled(true)));
    return () => clearTimeout(timer);
  }, [listed]);
  return settled;
}
