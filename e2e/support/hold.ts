import { expect } from 'playwright/test';
import type { Fault } from '#sandbox/fhir/faults/faults.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';

/** Answers of the FHIR server that a test keeps back: no delay outlasts a click on any machine. */
interface Held {
  /** Waits until so many of the requests have reached the server. */
  asked: (count?: number) => Promise<void>;
  /** Lets every answer go, those to come too. */
  release: () => void;
}

/** Keeps the answers to matching requests back. With a `status` or a `body`, that is what is sent then. */
export function hold(sandbox: Sandbox, fault: Fault): Held {
  let arrived = 0;
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  sandbox.fhir.faults.add({
    ...fault,
    hold: () => {
      arrived += 1;
      return released;
    },
  });
  return {
    asked: (count = 1) =>
      expect.poll(() => arrived, 'requests kept back').toBeGreaterThanOrEqual(count),
    release,
  };
}
