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

it.each<[string, boolean, Fault]>([
  ['whose answer never came', true, faultKinds.dropped()],
  ['that a gateway gave up (504)', true, faultKinds.html(504)],
  ['that a gateway gave up (502)', true, faultKinds.html(502)],
  ['that the server refused', false, { status: 403, body: '' }],
  ['that is too much for the server', false, faultKinds.throttled()],
  ['that was answered by something else', false, faultKinds.wrongType()],
])('a kick-off %s may have started a job, which is then stored: %s', async (what, runs, fault) => {
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
