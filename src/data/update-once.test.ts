import type { Patient } from 'fhir/r4';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Conflict, Gone } from '#fhir/errors.ts';
import type { Stored } from '#fhir/types.ts';
import { generate } from '#sandbox/data/generate.ts';
import { faultKinds } from '#sandbox/fhir/faults/faults.ts';
import { startFhirServer, type FhirServer } from '#sandbox/fhir/server.ts';
import { clientOf } from './client-fixture.ts';
import { AnswerLost, NotSent } from './mutations-lost.ts';
import { updateOnce } from './update-once.ts';

let server: FhirServer;
const ID = 'awkward-inactive';
const client = () => clientOf(server);
const opened = async () => client().read('Patient', ID);
const asked = (method: string) => server.log.filter((entry) => entry.method === method).length;

beforeAll(async () => {
  server = await startFhirServer({ ...generate({ patients: 1, charts: 0 }), auth: 'open' });
});
afterAll(() => server.close());
beforeEach(() => server.reset());

describe('updateOnce changes only the version that was edited', () => {
  it('throws Conflict without a PUT when the record was changed elsewhere', async () => {
    const { resource, etag = '' } = await opened();
    const theirs = { ...resource, deceasedBoolean: true };
    await client().update(theirs, { ifMatch: etag });
    const saving = updateOnce(client(), { ...resource, gender: 'other' }, etag);
    await expect(saving).rejects.toBeInstanceOf(Conflict);
    expect(asked('PUT')).toBe(1);
    expect((await opened()).resource.deceasedBoolean).toBe(true);
  });

  it('sends one GET besides the PUT', async () => {
    const { resource, etag = '' } = await opened();
    await updateOnce(client(), { ...resource, gender: 'other' }, etag);
    expect([asked('GET'), asked('PUT')]).toEqual([2, 1]);
  });

  it('sends no PUT when the read before it fails', async () => {
    const { resource, etag = '' } = await opened();
    server.faults.add({ method: 'GET', ...faultKinds.html(504) });
    const saving = updateOnce(client(), { ...resource, gender: 'other' }, etag);
    await expect(saving).rejects.toBeInstanceOf(NotSent);
    expect(asked('PUT')).toBe(0);
  });

  it('relies on If-Match when the server sends no version', async () => {
    const { resource, etag = '' } = await opened();
    const { meta: _, ...body } = resource;
    server.faults.add({ method: 'GET', times: 1, status: 200, body });
    await updateOnce(client(), { ...resource, gender: 'other' }, etag);
    expect((await opened()).resource.gender).toBe('other');
  });

  it('does not restore a deleted patient by an update', async () => {
    const { resource, etag = '' } = await opened();
    await client().remove('Patient', ID);
    const saving = updateOnce(client(), { ...resource, gender: 'other' }, etag);
    await expect(saving).rejects.toBeInstanceOf(Gone);
    expect(asked('PUT')).toBe(0);
  });

  it('restores a deleted patient with revives, unless somebody else already has', async () => {
    const { resource } = await opened();
    await client().remove('Patient', ID);
    const deletion = `W/"${server.store.versions('Patient', ID).length}"`;
    const revive = (gender: 'other' | 'male') =>
      updateOnce(client(), { ...resource, gender }, deletion, { revives: true });
    expect((await revive('other')).resource.gender).toBe('other');
    await expect(revive('other')).resolves.toMatchObject({ resource: { gender: 'other' } });
    await expect(revive('male')).rejects.toBeInstanceOf(Conflict);
    expect(asked('PUT')).toBe(1);
  });
});

describe('the record found after a lost answer', () => {
  const OWN = { url: 'https://server.example/origin', valueString: 'ward' };
  const EXTRA = { url: 'https://server.example/extra', valueString: 'x' };
  const telecom = [{ system: 'phone' as const, value: '1' }];

  /** Saves a change, loses the response, and lets the server hold `now(sent)` afterwards. */
  const outcome = async (change: Partial<Patient>, now: (sent: Patient) => Partial<Patient>) => {
    const first = await opened();
    const before = { ...first.resource, telecom, extension: [EXTRA] };
    const { resource, etag = '' } = await client().update(before, { ifMatch: first.etag ?? '' });
    const mine: Stored<Patient> = { ...resource, ...change, id: ID };
    server.faults.add({ method: 'PUT', times: 1, ...faultKinds.html(504) });
    const later = { ...mine, ...now(mine), meta: { versionId: '99' } };
    server.faults.add({ method: 'GET', skip: 1, status: 200, body: later });
    return updateOnce(client(), mine, etag).then(
      () => 'saved',
      (error: unknown) => (error instanceof AnswerLost ? error.state : (error as Error).name),
    );
  };

  it.each<[string, Partial<Patient>, (sent: Patient) => Partial<Patient>]>([
    ['unchanged', { gender: 'other' }, () => ({})],
    [
      'with an extension that the server added',
      { gender: 'other' },
      () => ({ extension: [EXTRA, OWN] }),
    ],
    [
      'with an id and an extension added to a contact point',
      { gender: 'other' },
      () => ({ telecom: [{ ...telecom[0], id: 't', extension: [OWN] }] }),
    ],
  ])('counts as saved: the sent version %s', async (_, change, now) => {
    expect(await outcome(change, now)).toBe('saved');
  });

  it.each<[string, Partial<Patient>, (sent: Patient) => Partial<Patient>]>([
    ['an element was added', { gender: 'other' }, () => ({ deceasedBoolean: true })],
    ['a sent value is missing', { gender: 'other' }, () => ({ gender: 'unknown' })],
    ['a removed element is present', { gender: 'other', telecom: [] }, () => ({ telecom })],
    ['a removed extension is present', { extension: [] }, () => ({ extension: [EXTRA] })],
  ])('counts as a conflict where %s', async (_, change, now) => {
    expect(await outcome(change, now)).toBe('Conflict');
  });
});
