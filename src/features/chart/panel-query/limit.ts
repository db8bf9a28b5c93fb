/**
 * Returns a function that runs at most `most` tasks at a time; the others wait their turn. A task
 * whose signal is aborted while it waits never starts.
 *
 * @throws the signal's reason, or whatever the task throws
 */
export function limit(most: number) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T> => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      signal?.throwIfAborted();
      return await task();
    } finally {
      // The next waiting task takes over the slot, so that no new task can come in between.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
