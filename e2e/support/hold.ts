import type { Fault } from '#sandbox/fhir/faults.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';

/** An answer of the FHIR server that a test keeps back: no delay outlasts a click on any machine. */
export interface Held {
  /** Settles once the first request that is kept back has reached the server. */
  readonly asked: Promise<void>;
  /** Lets every answer go, those to come too. */
  release: () => void;
}

/** Keeps the answers to matching requests back. With a `status` or a `body`, that is what is sent then. */
export function hold(sandbox: Sandbox, fault: Fault): Held {
  let arrive = (): void => undefined;
  let release = (): void => undefined;
  const asked = new Promise<void>((resolve) => (arrive = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  sandbox.fhir.faults.add({
    ...fault,
    hold: () => {
      arrive();
      return released;
    },
  });
  return { asked, release: () => release() };
}
