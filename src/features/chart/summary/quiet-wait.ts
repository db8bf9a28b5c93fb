/** How long a server may be silent before what it did answer is shown. */
const SILENCE_MS = 1_500;

/** How long anything may be held back, however busily the server answers. */
const MOST_MS = 5_000;

export interface QuietWait {
  /** An answer came: there is hope for the next. */
  readonly heard: () => void;
  readonly giveUp: () => void;
}

/**
 * Waits while answers keep coming. A time that only counts from the start is over in the midst of
 * a slow server's answers, of which the chart has four at a time: each of the later ones would
 * then push aside what stands below it.
 *
 * @param end called once, when there was silence or it took too long
 */
export function waitForQuiet(end: () => void): QuietWait {
  let silence: ReturnType<typeof setTimeout> | undefined;
  const giveUp = (): void => {
    clearTimeout(silence);
    clearTimeout(most);
    silence = undefined;
  };
  const over = (): void => {
    giveUp();
    end();
  };
  const most = setTimeout(over, MOST_MS);
  silence = setTimeout(over, SILENCE_MS);
  return {
    heard: () => {
      if (silence === undefined) return;
      clearTimeout(silence);
      silence = setTimeout(over, SILENCE_MS);
    },
    giveUp,
  };
}
