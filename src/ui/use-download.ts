import { useEffect, useRef, useState } from 'react';
import { isAbort } from '#lib/app-error.ts';

/** Passed to the work of a download. */
export interface Receiver {
  /** Aborted when the download is stopped or its page is left. */
  readonly signal: AbortSignal;
  /** Call with the bytes received so far. */
  readonly onBytes: (bytes: number) => void;
}

export interface Download {
  /** Bytes received so far; undefined if no download is running. */
  readonly bytes: number | undefined;
  /** Downloads; never rejects. Calls `failed` with an error of `work` unless it was stopped. */
  readonly start: (
    work: (receiver: Receiver) => Promise<void>,
    failed: (error: unknown) => void,
  ) => Promise<void>;
  readonly stop: () => void;
}

/** A download that tells its progress and ends with its page. */
export function useDownload(): Download {
  const [bytes, setBytes] = useState<number>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const start: Download['start'] = async (work, failed) => {
    const controller = new AbortController();
    const { signal } = controller;
    running.current = controller;
    let shown = 0;
    const onBytes = (received: number): void => {
      if (Date.now() - shown < 250) return; // hundreds of chunks may arrive per second
      shown = Date.now();
      setBytes(received);
    };
    setBytes(0);
    try {
      await work({ signal, onBytes });
    } catch (error) {
      if (!isAbort(error) && !signal.aborted) failed(error);
    } finally {
      running.current = undefined;
      setBytes(undefined);
    }
  };

  return { bytes, start, stop: () => running.current?.abort() };
}
