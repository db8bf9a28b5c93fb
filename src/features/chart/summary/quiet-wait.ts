/** Milliseconds of silence after which the responses so far are shown. */
const SILENCE_MS = 1_500;

/** Milliseconds after which the responses so far are shown in any case. */
const MOST_MS = 5_000;

export interface QuietWait {
  /** Reports a response, which restarts the time of silence. */
  readonly heard: () => void;
  readonly giveUp: () => void;
}

/**
 * Waits while responses keep coming. A fixed time would end between the responses of a slow server
 * (the chart sends four requests at a time), and each later one would push down what the user
 * reads.
 *
 * @param end called once, after silence or after the maximum time
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
