import { useEffect } from 'react';
import { staySignedIn } from './idle-watch.ts';

/** Short enough for the shortest idle time-out, one minute. */
const STAY_MS = 5000;

/** Keeps the session open during activity without user input, such as a download. */
export function useStaySignedIn(inUse: boolean): void {
  useEffect(() => {
    if (!inUse) return undefined;
    staySignedIn();
    const timer = setInterval(staySignedIn, STAY_MS);
    return () => clearInterval(timer);
  }, [inUse]);
}
