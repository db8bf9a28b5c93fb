import type { Bundle, Patient } from 'fhir/r4';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleOf, issuesOf, linkOf, startTestServer, type TestServer } from './test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(() => server.reset());

const person: Patient = {
  resourceType: 'Patient',
  identifier: [{ system: 'https://x.example', value: '1' }],
  name: [{ family: 'Newcomer' }],
};
const create = async (): Promise<Patient & { id: string }> =>
  (await server.send('POST', 'Patient', { body: person })).json as Patient & { id: string };

describe('create', () => {
  it('answers 201 with Location and ETag, and a search then finds the resource', async () => {
    const answer = await server.send('POST', 'Patient', { body: { ...person, id: 'mine' } });
    const { id } = answer.json as Patient;
    expect(answer.status).toBe(201);
    expect(id).not.toBe('mine');
    expect(answer.headers.get('etag')).toBe('W/"1"');
    expect(answer.headers.get('location')).toBe(`${server.baseUrl}/Patient/${id}/_history/1`);
    expect((await server.send('GET', `Patient/${id}`)).status).toBe(200);
    expect(
      bundleOf(await server.send('GET', 'Patient?family=newcomer&_sort=family')).entry,
    ).toHaveLength(1);
    server.reset();
    expect((await server.send('GET', `Patient/${id}`)).status).toBe(404);
    expect(bundleOf(await server.send('GET', 'Patient?family=newcomer')).entry).toBeUndefined();
  });

  it('sends no body for return=minimal', async () => {
    const answer = await server.send('POST', 'Patient', {
      body: person,
      headers: { prefer: 'return=minimal' },
    });
    expect([answer.status, answer.text]).toEqual([201, '']);
  });

  it('refuses an invalid Patient, and names the invalid elements', async () => {
    const body = {
      resourceType: 'Patient',
      gender: 'robot',
      birthDate: '1999-02-31',
      name: [{ given: 'a' }],
      shoe: 44,
    };
    const answer = await server.send('POST', 'Patient', { body });
    expect(answer.status).toBe(400);
    expect(
      issuesOf(answer)
        .flatMap((i) => i.expression ?? [])
        .toSorted(),
    ).toEqual(['Patient.birthDate', 'Patient.gender', 'Patient.name.given', 'Patient.shoe']);
    expect((await server.send('POST', 'Patient', { body: '{' })).status).toBe(400);
    expect(
      (
        await server.send('POST', 'Patient', {
          body: person,
          headers: { 'content-type': 'text/plain' },
        })
      ).status,
    ).toBe(415);
    expect((await server.send('POST', 'Observation', { body: person })).status).toBe(400);
  });

  it('with If-None-Exist returns a single match, refuses several, creates for none', async () => {
    const { id } = await create();
    const conditional = (condition: string) =>
      server.send('POST', 'Patient', { body: person, headers: { 'if-none-exist': condition } });
    const same = await conditional('identifier=https://x.example|1');
    expect([same.status, (same.json as Patient).id]).toEqual([200, id]);
    expect((await conditional('gender=female')).status).toBe(412);
    expect((await conditional('identifier=https://x.example|2')).status).toBe(201);
    expect((await conditional('nonsense=1')).status).toBe(400);
  });
});

describe('update and delete', () => {
  it('refuse an If-Match that does not name the current version', async () => {
    const { id, ...rest } = await create();
    const put = (match?: string) =>
      server.send('PUT', `Patient/${id}`, {
        body: { ...rest, id, gender: 'male' },
        ...(match ? { headers: { 'if-match': match } } : {}),
      });
    const updated = await put('W/"1"');
    expect([updated.status, updated.headers.get('etag')]).toEqual([200, 'W/"2"']);
    expect((await put('W/"1"')).status).toBe(412);
    expect((await put('2')).status).toBe(400);
    expect((await put()).status).toBe(200);
    expect(
      (await server.send('PUT', 'Patient/fresh', { body: { ...person, id: 'fresh' } })).status,
    ).toBe(201);
    expect(
      (await server.send('PUT', 'Patient/other', { body: { ...person, id: 'fresh' } })).status,
    ).toBe(400);
  });

  it('keep a history that includes deletions', async () => {
    const { id } = await create();
    await server.send('PUT', `Patient/${id}`, { body: { ...person, id, gender: 'male' } });
    expect((await server.send('DELETE', `Patient/${id}`)).status).toBe(204);
    const gone = await server.send('GET', `Patient/${id}`);
    expect([gone.status, issuesOf(gone)[0]?.code]).toEqual([410, 'deleted']);
    const history = bundleOf(await server.send('GET', `Patient/${id}/_history`));
    expect(history.type).toBe('history');
    expect(
      history.entry?.map((e) => [
        e.request?.method,
        e.response?.etag,
        Object.keys(e.resource ?? {}),
      ]),
    ).toEqual([
      ['DELETE', 'W/"3"', ['resourceType', 'id', 'meta']],
      ['PUT', 'W/"2"', expect.arrayContaining(['gender'])],
      ['POST', 'W/"1"', expect.arrayContaining(['name'])],
    ]);
    server.setMode('hapi');
    const plain = bundleOf(await server.send('GET', `Patient/${id}/_history`));
    expect(plain.entry?.[0]?.resource).toBeUndefined();
    server.setMode('azure');
    const paged = await server.send('GET', `Patient/${id}/_history?_count=2`);
    expect(bundleOf(await server.send('GET', linkOf(paged, 'next') ?? '')).entry).toHaveLength(1);
    expect((await server.send('GET', `Patient/${id}/_history/1`)).status).toBe(200);
    expect((await server.send('GET', `Patient/${id}/_history/3`)).status).toBe(410);
    expect((await server.send('GET', `Patient/${id}/_history/9`)).status).toBe(404);
    for (const path of ['_history?_count=1', 'Patient/_history?_count=1']) {
      expect(bundleOf(await server.send('GET', path)).entry?.[0]?.request).toEqual({
        method: 'DELETE',
        url: `Patient/${id}`,
      });
    }
  });

  it('find the first patients with earlier versions from the start', async () => {
    const history = bundleOf(await server.send('GET', 'Patient/p0001/_history'));
    expect(history.entry?.map((e) => e.resource?.meta?.versionId)).toEqual(['3', '2', '1']);
  });
});

describe('operations', () => {
  it('$validate answers 200 for a valid and for an invalid resource', async () => {
    const valid = await server.send('POST', 'Patient/$validate', { body: person });
    const invalid = await server.send('POST', 'Patient/$validate', {
      body: { ...person, shoe: 44 },
    });
    expect([valid.status, issuesOf(valid)[0]?.severity]).toEqual([200, 'information']);
    expect([invalid.status, issuesOf(invalid)[0]?.expression]).toEqual([200, ['Patient.shoe']]);
  });

  it('$everything pages through the patient and all records about the patient', async () => {
    let url: string | undefined = 'Patient/p0001/$everything?_count=100';
    const types = new Set<string>();
    while (url !== undefined) {
      const answer = await server.send('GET', url);
      for (const entry of bundleOf(answer).entry ?? [])
        types.add(entry.resource?.resourceType ?? '');
      url = linkOf(answer, 'next');
    }
    expect([...types]).toEqual(
      expect.arrayContaining([
        'Patient',
        'Practitioner',
        'Organization',
        'Condition',
        'Observation',
        'Encounter',
      ]),
    );
  });

  it('a batch answers each entry separately', async () => {
    const body: Bundle = {
      resourceType: 'Bundle',
      type: 'batch',
      entry: [
        { request: { method: 'GET', url: 'Patient/p0001' } },
        { request: { method: 'GET', url: 'Patient?family=leap' } },
        { request: { method: 'GET', url: 'Patient/nobody' } },
        { request: { method: 'POST', url: 'Patient' }, resource: person },
        {
          request: { method: 'POST', url: 'Patient' },
          resource: { resourceType: 'Patient', gender: 'robot' } as unknown as Patient,
        },
      ],
    };
    const answer = bundleOf(await server.send('POST', '', { body }));
    expect(answer.entry?.map((e) => e.response?.status)).toEqual([
      '200',
      '200',
      '404',
      '201',
      '400',
    ]);
  });

  it('a transaction writes nothing when one of its entries is invalid', async () => {
    const transaction = (second: object) =>
      server.send('POST', '', {
        body: {
          resourceType: 'Bundle',
          type: 'transaction',
          entry: [person, second].map((resource) => ({
            request: { method: 'POST', url: 'Patient' },
            resource,
          })),
        },
      });
    const found = async (): Promise<number> =>
      bundleOf(await server.send('GET', 'Patient?family=newcomer')).entry?.length ?? 0;
    expect((await transaction({ resourceType: 'Patient', gender: 'robot' })).status).toBe(400);
    expect(await found()).toBe(0);
    expect((await transaction(person)).status).toBe(200);
    expect(await found()).toBe(2);
  });
});
