import type { Patient } from 'fhir/r4';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ClientOptions } from '#fhir/client/create-client.ts';
import { Conflict, Invalid, refusalError, silent } from '#fhir/errors.ts';
import type { Stored } from '#fhir/types.ts';
import { generate } from '#sandbox/data/generate.ts';
import { faultKinds } from '#sandbox/fhir/faults/faults.ts';
import { startFhirServer, type FhirServer } from '#sandbox/fhir/server.ts';
import { clientOf } from './client-fixture.ts';
import { AnswerLost, isLost, isOpen, NotSent, removeOnce } from './mutations-lost.ts';
import { updateOnce } from './update-once.ts';

let server: FhirServer;
const ID = 'awkward-inactive';
const client = (o?: Partial<ClientOptions>) => clientOf(server, o);
const opened = async () => client().read('Patient', ID);
const writes = () => server.log.filter(({ method }) => method === 'PUT' || method === 'DELETE');
const versions = () => server.store.versions('Patient', ID).length;

beforeAll(async () => {
  server = await startFhirServer({ ...generate({ patients: 1, charts: 0 }), auth: 'open' });
});
afterAll(() => server.close());
beforeEach(() => server.reset());

const stateOf = async (done: Promise<unknown>): Promise<string> =>
  done.then(
    () => 'done',
    (error: unknown) => (error instanceof AnswerLost ? error.state : (error as Error).name),
  );

describe('whether a write may have been done all the same', () => {
  it.each([
    [500, false], // the server's own word
    [502, true],
    [503, true], // Front Door says so of a server that did not answer in time
    [504, true],
    [520, true],
    [521, false], // no connection to the server came about
    [522, true], // or it came about, and the request was never acknowledged
    [523, false],
    [524, true],
    [525, false],
    [409, false],
  ])('%d: %s', (status, lost) => {
    expect(isLost(refusalError(silent(status)))).toBe(lost);
  });

  it('not where the server itself says that it is not available', () => {
    const issues = [{ severity: 'error' as const, code: 'transient' as const }];
    expect(isLost(refusalError({ ...silent(503), issues }))).toBe(false);
  });
});

describe('an update whose answer is lost', () => {
  const save = async (change: Partial<Patient> = { gender: 'other' }) => {
    const { resource, etag = '' } = await opened();
    return updateOnce(client(), { ...resource, ...change } as Stored<Patient>, etag);
  };

  it('is found to be done, and is not written twice', async () => {
    server.faults.add({ method: 'PUT', times: 1, ...faultKinds.answerLost() });
    const before = versions();
    expect(await stateOf(save())).toBe('done');
    expect(writes()).toHaveLength(1);
    expect(versions()).toBe(before + 1);
  });

  it('says so where nothing was written, and where nothing can be known', async () => {
    server.faults.add({ method: 'PUT', times: 1, ...faultKinds.html(524) });
    expect(await stateOf(save())).toBe('not-done');
    const { resource, etag = '' } = await opened();
    server.faults.add({ skip: 1, ...faultKinds.html(502) }); // the look before it is answered
    expect(await stateOf(updateOnce(client(), { ...resource, gender: 'other' }, etag))).toBe(
      'unknown',
    );
  }, 30_000);

  it('is not said to be done for nothing where somebody only gave up waiting', async () => {
    const told = async (saving: Promise<unknown>) => {
      const error: unknown = await saving.catch((lost: unknown) => lost);
      return error instanceof AnswerLost && [error.told, isOpen(error)];
    };
    for (const status of [503, 504, 524]) {
      server.faults.add({ method: 'PUT', times: 1, ...faultKinds.html(status) });
      expect(await told(save())).toEqual(['not-yet', true]);
    }
    server.faults.add({ method: 'PUT', times: 1, connection: 'drop' });
    expect(await told(save())).toEqual(['not-done', false]);
    server.faults.add({ method: 'DELETE', times: 1, ...faultKinds.html(504) });
    expect(await told(removeOnce(client(), ID))).toEqual(['not-yet', true]);
    // What was not even sent is not under way, whatever its read met.
    server.faults.add({ method: 'GET', skip: 1, ...faultKinds.html(504) });
    expect(await told(save())).toEqual(['not-done', false]);
  }, 30_000);

  it('may be done later than this program waits, and is found then', async () => {
    const { resource, etag = '' } = await opened();
    let release: (() => void) | undefined;
    const hold = () => new Promise<void>((resolve) => (release = resolve));
    server.faults.add({ method: 'PUT', times: 1, hold });
    const mine: Stored<Patient> = { ...resource, gender: 'other' };
    const saving = updateOnce(client({ timeout: 300 }), mine, etag);
    await expect(saving).rejects.toMatchObject({ state: 'not-done', told: 'not-yet' });
    release?.();
    await client().update(mine, { ifMatch: etag }); // as the server does at last
    const before = versions();
    expect((await updateOnce(client(), mine, etag)).resource.gender).toBe('other');
    expect(versions()).toBe(before);
  });

  it('tried again after it had been done is no conflict', async () => {
    const { resource, etag = '' } = await opened();
    const mine: Stored<Patient> = { ...resource, gender: 'other' };
    await updateOnce(client(), mine, etag);
    const before = versions();
    expect((await updateOnce(client(), mine, etag)).resource.gender).toBe('other');
    expect(versions()).toBe(before);
    await expect(updateOnce(client(), { ...mine, gender: 'male' }, etag)).rejects.toThrow(Conflict);
  });
});

it('a change whose token never came is known not to be written, and is not looked for', async () => {
  const { resource, etag = '' } = await opened();
  const asked = server.log.length;
  const stuck = client({ authorization: () => new Promise(() => {}), timeout: 20 });
  const saving = updateOnce(stuck, { ...resource, gender: 'other' }, etag);
  await expect(saving).rejects.toBeInstanceOf(NotSent);
  const removing = removeOnce(stuck, ID);
  await expect(removing).rejects.toMatchObject({ reason: 'timeout', wrote: false });
  expect(server.log).toHaveLength(asked);
});

describe('409 and 412 although nobody changed the record', () => {
  it.each([409, 412])(
    '%d is a refusal in the server’s own words, not a conflict',
    async (status) => {
      const { resource, etag = '' } = await opened();
      const diagnostics = 'duplicate value for a unique index';
      const issue = [{ severity: 'error', code: 'processing', diagnostics }];
      server.faults.add({
        method: 'PUT',
        status,
        body: { resourceType: 'OperationOutcome', issue },
      });
      const error: unknown = await updateOnce(
        client(),
        { ...resource, gender: 'other' },
        etag,
      ).catch((refused: unknown) => refused);
      expect(error).toBeInstanceOf(Invalid);
      expect(error).toMatchObject({ status, issues: issue });
      expect(writes()).toHaveLength(1);
    },
  );
});

describe('a deletion whose answer is lost', () => {
  it('looks first', async () => {
    server.faults.add({ method: 'DELETE', times: 1, ...faultKinds.html(504) });
    expect(await stateOf(removeOnce(client(), ID))).toBe('not-done');
    server.faults.add({ method: 'DELETE', times: 1, connection: 'drop', afterWork: true });
    expect(await stateOf(removeOnce(client(), ID))).toBe('done');
    expect(writes()).toHaveLength(2);
  });
});
