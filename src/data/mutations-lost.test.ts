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

describe('isLost', () => {
  it.each([
    [500, false], // sent by the server itself
    [502, true],
    [503, true], // Azure's Front Door sends it when the server does not answer in time
    [504, true],
    [520, true],
    [521, false], // the gateway could not connect to the server
    [522, true], // the gateway may have connected, and the request was not acknowledged
    [523, false],
    [524, true],
    [525, false],
    [408, true], // Microsoft's server sends it when its database does not answer in time
    [409, false],
    [425, false], // the request was not processed
    [499, true],
  ])('says whether a write may have been applied after status %d: %s', (status, lost) => {
    expect(isLost(refusalError(silent(status)))).toBe(lost);
  });

  it('is false for a 503 with an OperationOutcome, which the server itself sent', () => {
    const issues = [{ severity: 'error' as const, code: 'transient' as const }];
    expect(isLost(refusalError({ ...silent(503), issues }))).toBe(false);
  });
});

describe('an update whose answer is lost', () => {
  const save = async (change: Partial<Patient> = { gender: 'other' }) => {
    const { resource, etag = '' } = await opened();
    return updateOnce(client(), { ...resource, ...change } as Stored<Patient>, etag);
  };

  it('succeeds without a second write when the server has applied it', async () => {
    server.faults.add({ method: 'PUT', times: 1, ...faultKinds.answerLost() });
    const before = versions();
    expect(await stateOf(save())).toBe('done');
    expect(writes()).toHaveLength(1);
    expect(versions()).toBe(before + 1);
  });

  it('ends as not-done when nothing was written, as unknown when the read fails', async () => {
    server.faults.add({ method: 'PUT', times: 1, ...faultKinds.html(524) });
    expect(await stateOf(save())).toBe('not-done');
    const { resource, etag = '' } = await opened();
    server.faults.add({ skip: 1, ...faultKinds.html(502) }); // the read before the PUT succeeds
    expect(await stateOf(updateOnce(client(), { ...resource, gender: 'other' }, etag))).toBe(
      'unknown',
    );
  }, 30_000);

  it('is told as not-yet after a timeout, because the server may still apply it', async () => {
    const told = async (saving: Promise<unknown>) => {
      const error: unknown = await saving.catch((lost: unknown) => lost);
      return error instanceof AnswerLost && [error.told, isOpen(error)];
    };
    for (const status of [408, 499, 503, 504, 524]) {
      server.faults.add({ method: 'PUT', times: 1, ...faultKinds.html(status) });
      expect(await told(save())).toEqual(['not-yet', true]);
    }
    server.faults.add({ method: 'PUT', times: 1, connection: 'drop' });
    expect(await told(save())).toEqual(['not-done', false]);
    server.faults.add({ method: 'DELETE', times: 1, ...faultKinds.html(504) });
    expect(await told(removeOnce(client(), ID))).toEqual(['not-yet', true]);
    // A change that was not sent cannot be applied later, even if its read timed out.
    server.faults.add({ method: 'GET', skip: 1, ...faultKinds.html(504) });
    expect(await told(save())).toEqual(['not-done', false]);
  }, 30_000);

  it('is recognised by the next try when the server applies it after the timeout', async () => {
    const { resource, etag = '' } = await opened();
    let release: (() => void) | undefined;
    const hold = () => new Promise<void>((resolve) => (release = resolve));
    server.faults.add({ method: 'PUT', times: 1, hold });
    const mine: Stored<Patient> = { ...resource, gender: 'other' };
    const saving = updateOnce(client({ timeout: 300 }), mine, etag);
    await expect(saving).rejects.toMatchObject({ state: 'not-done', told: 'not-yet' });
    release?.();
    await client().update(mine, { ifMatch: etag }); // stands for the server's late write
    const before = versions();
    expect((await updateOnce(client(), mine, etag)).resource.gender).toBe('other');
    expect(versions()).toBe(before);
  });

  it('does not conflict with itself when it is repeated after it was applied', async () => {
    const { resource, etag = '' } = await opened();
    const mine: Stored<Patient> = { ...resource, gender: 'other' };
    await updateOnce(client(), mine, etag);
    const before = versions();
    expect((await updateOnce(client(), mine, etag)).resource.gender).toBe('other');
    expect(versions()).toBe(before);
    await expect(updateOnce(client(), { ...mine, gender: 'male' }, etag)).rejects.toThrow(Conflict);
  });
});

it('a change that never gets a token is known not to be written, without a read', async () => {
  const { resource, etag = '' } = await opened();
  const asked = server.log.length;
  const stuck = client({ authorization: () => new Promise(() => {}), timeout: 20 });
  const saving = updateOnce(stuck, { ...resource, gender: 'other' }, etag);
  await expect(saving).rejects.toBeInstanceOf(NotSent);
  const removing = removeOnce(stuck, ID);
  await expect(removing).rejects.toMatchObject({ reason: 'timeout', wrote: false });
  expect(server.log).toHaveLength(asked);
});

describe('409 and 412 for a record that nobody else changed', () => {
  it.each([409, 412])(
    '%d throws Invalid with the server’s message, not Conflict',
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
  it('is decided by a read: not-done if the record is there, done if it is gone', async () => {
    server.faults.add({ method: 'DELETE', times: 1, ...faultKinds.html(504) });
    expect(await stateOf(removeOnce(client(), ID))).toBe('not-done');
    server.faults.add({ method: 'DELETE', times: 1, connection: 'drop', afterWork: true });
    expect(await stateOf(removeOnce(client(), ID))).toBe('done');
    expect(writes()).toHaveLength(2);
  });
});
