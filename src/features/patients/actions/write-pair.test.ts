import type { Patient } from 'fhir/r4';
import { expect, test } from 'vitest';
import { newPatient, openBench } from '#fhir/client/client-fixture.ts';
import type { FhirClient } from '#fhir/client/client.ts';
import { Conflict, Invalid } from '#fhir/errors.ts';
import { linking, unlinking } from './link-patients.ts';
import { NotApplied } from './not-applied.ts';
import { HalfDone, writePair } from './write-pair.ts';

const bench = openBench();

test('one by one: an undo whose second update fails can be tried again', async () => {
  const { client } = bench().connect();
  const fresh = {
    source: await client.create(newPatient()),
    target: await client.create(newPatient()),
  };
  const read = async () => {
    const [source, target] = await Promise.all(
      [fresh.source, fresh.target].map(({ resource }) => client.read('Patient', resource.id)),
    );
    if (!source || !target) throw new Error('both are there');
    return { source, target };
  };
  await writePair(client, linking(fresh, client.baseUrl), false);
  const undo = async () => writePair(client, unlinking(await read(), true, client.baseUrl), false);
  bench().server.faults.add({
    method: 'PUT',
    path: new RegExp(fresh.source.resource.id),
    times: 1,
    status: 422,
    body: '',
  });
  await expect(undo()).rejects.toBeInstanceOf(HalfDone);
  const half = await read();
  expect(half.source.resource.link).toHaveLength(1);
  expect(half.target.resource.link).toBeUndefined();
  await undo();
  expect((await read()).source.resource).toMatchObject({ active: true });
  expect((await read()).source.resource.link).toBeUndefined();
});

test('one by one: throws the error of the update if only the source is written', async () => {
  const { client } = bench().connect();
  const target = await client.create(newPatient());
  const other = { reference: `Patient/${target.resource.id}` };
  const source = await client.create({
    ...newPatient(),
    link: [{ other, type: 'replaced-by' }],
  });
  const change = unlinking({ source, target }, true, client.baseUrl);
  const issue = [{ severity: 'error', code: 'business-rule', diagnostics: 'active is needed' }];
  bench().server.faults.add({
    method: 'PUT',
    path: new RegExp(source.resource.id),
    times: 1,
    status: 422,
    body: { resourceType: 'OperationOutcome', issue },
  });
  const error: unknown = await writePair(client, change, false).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(Invalid);
  expect(error).toMatchObject({ detail: 'active is needed' });
  await client.update({ ...source.resource, gender: 'other' }, { ifMatch: source.etag ?? '' });
  await expect(writePair(client, change, false)).rejects.toBeInstanceOf(Conflict);
  const now = await client.read('Patient', target.resource.id);
  expect(now.etag).toBe(target.etag);
});

test('does not report success if the server executed only a part of the transaction', async () => {
  const { client } = bench().connect();
  const [source, target] = await Promise.all([
    client.create(newPatient()),
    client.create(newPatient()),
  ]);
  const pair = { source, target };
  bench().server.faults.add({
    method: 'POST',
    path: /\/fhir\/?$/,
    status: 200,
    body: {
      resourceType: 'Bundle',
      type: 'transaction-response',
      entry: [
        { response: { status: '200 OK' } },
        { response: { status: '412 Precondition Failed' } },
      ],
    },
  });
  const change = linking(pair, client.baseUrl);
  const write = () => writePair(client, change, true);
  await expect(write()).rejects.toMatchObject({ state: 'not-done' });
  const { after } = change;
  await client.update(after.source, { ifMatch: source.etag ?? '' });
  await expect(write()).rejects.toBeInstanceOf(Conflict);
  await client.update(after.target, { ifMatch: target.etag ?? '' });
  await expect(write()).resolves.toEqual([]);
});

const freshPair = async (client: FhirClient) => {
  const [source, target] = await Promise.all([
    client.create(newPatient()),
    client.create(newPatient()),
  ]);
  return { source, target };
};
/** A client of a server that alters every patient with `strip` before it stores it. */
const keeping = (client: FhirClient, strip: (patient: Patient) => object): FhirClient => {
  const stripped = <A>(resource: A): A => strip(resource as Patient) as A;
  return {
    ...client,
    update: (resource, { ifMatch }) => client.update(stripped(resource), { ifMatch }),
    batch: ({ entry = [], ...bundle }) =>
      client.batch({
        ...bundle,
        entry: entry.map((e) => ({
          ...e,
          ...(e.resource && { resource: stripped(e.resource) }),
        })),
      }),
  };
};

test.each([true, false])(
  'rejects with NotApplied when the server drops the links: transaction %s',
  async (both) => {
    const { client } = bench().connect();
    const pair = await freshPair(client);
    const noLinks = keeping(client, (sent) => ({ ...sent, link: undefined }));
    const write = writePair(noLinks, linking(pair, client.baseUrl), both);
    await expect(write).rejects.toBeInstanceOf(NotApplied);
    await expect(write).rejects.toMatchObject({ lost: ['link'] });
  },
);

test.each([true, false])(
  'returns the names of the elements that the server drops: transaction %s',
  async (both) => {
    const { client } = bench().connect();
    const pair = await freshPair(client);
    const noUse = keeping(client, (sent) => ({ ...sent, active: undefined }));
    const change = linking(pair, client.baseUrl);
    await expect(writePair(noUse, change, both)).resolves.toEqual(['active']);
  },
);

test('rejects with the reason when the server refuses a part of the transaction', async () => {
  const { client } = bench().connect();
  const issue = [{ severity: 'error', code: 'invalid', diagnostics: 'active must be true' }];
  const outcome = { resourceType: 'OperationOutcome', issue };
  const entry = [{ response: { status: '422', outcome } }, { response: { status: '422' } }];
  const body = { resourceType: 'Bundle', type: 'batch-response', entry };
  bench().server.faults.add({ method: 'POST', path: /\/fhir\/?$/, status: 200, body });
  const pair = await freshPair(client);
  const error: unknown = await writePair(client, linking(pair, client.baseUrl), true).catch(
    (failure: unknown) => failure,
  );
  expect(error).toBeInstanceOf(Invalid);
  expect(error).toMatchObject({ status: 422, detail: 'active must be true' });
});

test.each([true, false])('sends nothing if aborted in time: transaction %s', async (both) => {
  const { client } = bench().connect();
  const pair = await freshPair(client);
  const off = new AbortController();
  let sent = false;
  const made = { signal: off.signal, sending: () => void (sent = true) };
  const write = writePair(client, linking(pair, client.baseUrl), both, made);
  off.abort();
  await expect(write).rejects.toThrow(/abort/i);
  expect(sent).toBe(false);
  expect(bench().asked('PUT')).toBe(0);
  expect((await client.read('Patient', pair.target.resource.id)).etag).toBe(pair.target.etag);
});

test('one by one: writes both records even if aborted once the first update is sent', async () => {
  const { client } = bench().connect();
  const pair = await freshPair(client);
  const off = new AbortController();
  const made = { signal: off.signal, sending: () => off.abort() };
  const change = linking(pair, client.baseUrl);
  // Leaving the page must not cancel a request that was sent: only waiting for it ends.
  await writePair(client, change, false, made);
  const now = await client.read('Patient', pair.source.resource.id);
  expect(now.resource.link).toHaveLength(1);
});
