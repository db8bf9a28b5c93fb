import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { sessionAt } from '#data/data-fixture.ts';
import { fhirFor } from '#data/prepared.ts';
import { faultKinds, type Fault } from '#sandbox/fhir/faults/faults.ts';
import { startFhirServer, type FhirServer } from '#sandbox/fhir/server.ts';
import { setSessionState } from '#session/state/store.ts';
import { keeperFor, mayHaveStarted } from './job-keeper.ts';

let server: FhirServer;
beforeAll(async () => {
  server = await startFhirServer({ resources: [], auth: 'open' });
});
afterAll(() => server.close());
afterEach(() => server.reset());

it.each<[string, Fault, boolean]>([
  ['whose answer never came', faultKinds.dropped(), true],
  ['that a gateway gave up (504)', faultKinds.html(504), true],
  ['that a gateway gave up (502)', faultKinds.html(502), true],
  ['that the server refused', { status: 403, body: '' }, false],
  ['that is too much for the server', faultKinds.throttled(), false],
  ['that was answered by something else', faultKinds.wrongType(), false],
])('a kick-off %s is stored only if the job may run: %#', async (what, fault, runs) => {
  const session = sessionAt(server.openBaseUrl, what);
  setSessionState({ state: 'ready', session, expired: false, signInAgain: undefined });
  server.faults.add({ path: /export/, ...fault });
  const keeper = keeperFor(fhirFor(session));
  await keeper.start({ level: 'Patient', types: [] });
  expect(mayHaveStarted(keeper.snapshot().error)).toBe(runs);
  // State that a reload of the page restores.
  const { job } = keeperFor(fhirFor(session)).snapshot();
  expect(job?.place).toBe(runs ? 'asking' : undefined);
});
