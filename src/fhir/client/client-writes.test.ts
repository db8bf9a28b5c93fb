import type { Patient } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { faultKinds } from '#sandbox/fhir/faults/faults.ts';
import { newPatient, openBench, REQUESTS } from './client-fixture.ts';
import {
  BadResponse,
  Conflict,
  CreatedButUnknown,
  Forbidden,
  Gone,
  ServerError,
  Throttled,
} from '../errors.ts';

const bench = openBench();

/** Makes the server accept only these tokens from now on. */
function useTokens(...tokens: string[]) {
  bench().valid.clear();
  for (const token of tokens) bench().valid.add(token);
}

describe('writing', () => {
  it('creates, updates, deletes, refuses a stale version, and reads the history', async () => {
    const { client } = bench().connect();
    const { resource, etag } = await client.create(newPatient());
    expect(resource.id).toBeTruthy();
    const changed = await client.update<Patient>(
      { ...resource, gender: 'female' },
      { ifMatch: etag ?? '' },
    );
    expect(changed.etag).not.toBe(etag);
    const stale = client.update<Patient>({ ...resource, gender: 'male' }, { ifMatch: etag ?? '' });
    await expect(stale).rejects.toBeInstanceOf(Conflict);
    await client.remove('Patient', resource.id);
    await expect(client.read('Patient', resource.id)).rejects.toBeInstanceOf(Gone);
    const { versions } = await client.history('Patient', resource.id);
    expect(versions.map((v) => v.method)).toEqual(['delete', 'update', 'create']);
    expect(versions[0]?.resource).toBeUndefined();
  });

  it('reports existed when a conditional create found a record', async () => {
    const requests = { ...REQUESTS, conditionalCreate: true };
    const { client } = bench().connect({ requests });
    const identifier = [{ system: 'https://mrn.example', value: 'only-1' }];
    const o = { ifNoneExist: 'identifier=https%3A%2F%2Fmrn.example%7Conly-1' };
    const first = await client.create({ ...newPatient(), identifier }, o);
    expect(first.existed).toBeUndefined();
    const other = { ...newPatient(), identifier, gender: 'female' as const };
    const second = await client.create(other, o);
    expect(second).toMatchObject({ existed: true, resource: { id: first.resource.id } });
    expect(second.resource.gender).toBeUndefined();
    // The same without a body: the record is found by the Location header.
    bench().server.faults.add({
      method: 'POST',
      status: 200,
      body: '',
      headers: { Location: `${bench().server.baseUrl}/Patient/${first.resource.id}/_history/1` },
    });
    expect(await client.create(other, o)).toMatchObject({ existed: true });
    // Without a condition a 200 means that the server created the record.
    expect((await client.create(other)).existed).toBeUndefined();
  });

  it('returns the OperationOutcome of $validate for an invalid resource', async () => {
    const outcome = await bench()
      .connect()
      .client.validate({
        ...newPatient(),
        gender: 'dog',
      } as unknown as Patient);
    expect(outcome.issue.some((i) => i.severity === 'error')).toBe(true);
  });

  it('finds the new patient by Location when the body is empty', async () => {
    bench().server.faults.add({
      method: 'POST',
      status: 201,
      body: '',
      headers: { Location: `${bench().server.baseUrl}/Patient/p0002/_history/1` },
    });
    expect((await bench().connect().client.create(newPatient())).resource.id).toBe('p0002');
  });

  it('reads the record when the answer to an update with exact decimals has no body', async () => {
    const { client } = bench().connect();
    const { resource, etag: ifMatch = '' } = await client.read('Patient', 'p0002');
    const changed = { ...resource, gender: 'other' as const };
    const fault = { method: 'PUT', afterWork: true, status: 200, body: '', times: 1 };
    bench().server.faults.add(fault);
    const saved = await client.update<Patient>(changed, { ifMatch, body: JSON.stringify(changed) });
    expect(saved.resource.gender).toBe('other');
  });

  it.each([
    'Patient/p0002',
    '/fhir/Patient/p0002',
    'http://inner:8080/r4/Patient/p0002/_history/1',
  ])('finds the new patient by a relative or internal Location: %s', async (Location) => {
    const headers = { Location };
    bench().server.faults.add({ method: 'POST', status: 201, body: '', headers });
    expect((await bench().connect().client.create(newPatient())).resource.id).toBe('p0002');
  });

  it.each(['Observation/p0002', 'Patient/..', 'Patient/', 'MyPatient/p0002', 'https://['])(
    'does not accept this Location as the new patient: %s',
    async (Location) => {
      const headers = { Location };
      bench().server.faults.add({ method: 'POST', status: 201, body: '', headers });
      const created = bench().connect().client.create(newPatient());
      const kind = 'created-but-unknown';
      await expect(created).rejects.toMatchObject({ kind, status: 201, id: undefined });
    },
  );

  it('throws CreatedButUnknown when neither body nor Location names the new patient', async () => {
    bench().server.faults.add({ method: 'POST', ...faultKinds.empty(201) });
    await expect(bench().connect().client.create(newPatient())).rejects.toBeInstanceOf(
      CreatedButUnknown,
    );
    expect(bench().asked('POST')).toBe(1);
  });

  it.each([401, 403, 404, 429, 500])(
    'does not report a confirmed write as refused when the read after it fails with %d',
    async (status) => {
      const { client } = bench().connect();
      const { resource, etag = '' } = await client.read('Patient', 'p0002');
      const location = `${bench().server.baseUrl}/Patient/p0002/_history/2`;
      const confirmed = { body: '', headers: { Location: location } };
      bench().server.faults.add({ method: 'POST', status: 201, ...confirmed });
      bench().server.faults.add({ method: 'PUT', status: 200, ...confirmed });
      const issue = [{ severity: 'error', code: 'unknown' }];
      const body = { resourceType: 'OperationOutcome', issue };
      bench().server.faults.add({ method: 'GET', status, body });
      const created = client.create(newPatient());
      await expect(created).rejects.toMatchObject({
        kind: 'created-but-unknown',
        status: 201,
        id: 'p0002', // from the Location header
      });
      const saved = client.update<Patient>(resource, { ifMatch: etag });
      await expect(saved).rejects.toBeInstanceOf(BadResponse);
    },
  );

  it('never repeats a create after 429, 503 or a lost response', async () => {
    const { client } = bench().connect();
    bench().server.faults.add({ method: 'POST', ...faultKinds.throttled(0) });
    await expect(client.create(newPatient())).rejects.toBeInstanceOf(Throttled);
    bench().server.faults.clear();
    bench().server.faults.add({ method: 'POST', ...faultKinds.html(503) });
    await expect(client.create(newPatient())).rejects.toBeInstanceOf(ServerError);
    expect(bench().asked('POST')).toBe(2);
    bench().server.faults.clear();
    bench().server.faults.add({ method: 'POST', ...faultKinds.answerLost() });
    await expect(client.create(newPatient())).rejects.toMatchObject({
      kind: 'network',
      wrote: true,
    });
  });

  it('throws Forbidden for a user who may only read', async () => {
    useTokens('reader');
    const { client } = bench().connect({ token: 'reader' });
    await expect(client.create(newPatient())).rejects.toBeInstanceOf(Forbidden);
  });
});
