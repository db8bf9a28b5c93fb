import { expect } from 'playwright/test';
import type { Fault } from '#sandbox/fhir/faults/faults.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';

/** Responses of the FHIR server that a test holds back: a fixed delay may end too early. */
interface Held {
  /** Waits until at least `count` matching requests have reached the server. */
  asked: (count?: number) => Promise<void>;
  /** Sends the held responses, and later ones without holding them. */
  release: () => void;
}

/** Holds back responses to matching requests. The fault's `status` and `body` come on release. */
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
