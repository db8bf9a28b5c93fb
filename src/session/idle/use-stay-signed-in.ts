import { useEffect } from 'react';
import { staySignedIn } from './idle-watch.ts';

/** Often enough for the shortest idle time-out, which is a minute. */
const STAY_MS = 5000;

/** While something lasts that is use of the app, though no key is pressed and nothing pointed at. */
export function useStaySignedIn(inUse: boolean): void {
  useEffect(() => {
    if (!inUse) return undefined;
    staySignedIn();
    const timer = setInterval(staySignedIn, STAY_MS);
    return () => clearInterval(timer);
  }, [inUse]);
}
