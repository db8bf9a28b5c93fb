import { startTransition, useEffect, useState } from 'react';

/**
 * Returns true once the first list is on screen and deferred code and requests may load. It changes
 * in a separate task, so that the page stays responsive.
 *
 * @param listed whether the first list has arrived
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
