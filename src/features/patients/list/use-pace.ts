import { useCallback, useRef } from 'react';

/**
 * Milliseconds of the typing pause after which a search starts. The pause is a quarter longer than
 * the longer of the last two gaps between letters: a fast typist sees results at once, and a slow
 * typist does not send a search for every letter. Gaps below `even` come from something faster than
 * people (a scanner, a text expander), and evenly: there a small margin is enough.
 */
const PAUSE = { least: 36, most: 200, even: 60, margin: 5 };

/** Returns a function to call at each typed letter; it returns the pause to wait for. */
export function usePace(): () => number {
  const last = useRef({ at: 0, gap: 0 });
  return useCallback(() => {
    const at = performance.now();
    const gap = at - last.current.at;
    const longer = Math.max(gap, Math.min(last.current.gap, PAUSE.most));
    last.current = { at, gap };
    const pause = longer < PAUSE.even ? longer + PAUSE.margin : longer * 1.25;
    return Math.min(Math.max(pause, PAUSE.least), PAUSE.most);
  }, []);
}
