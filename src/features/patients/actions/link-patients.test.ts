import type { Patient } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { newPatient, openBench } from '#fhir/client/client-fixture.ts';
import type { FhirClient } from '#fhir/client/client.ts';
import { Conflict, Invalid } from '#fhir/errors.ts';
import { activeBefore, linking, unlinking, unmarked } from './link-patients.ts';
import { NotApplied } from './not-applied.ts';
import { HalfDone, pairBundle, writePair } from './write-pair.ts';

const BASE = 'https://fhir.example/r4';
const versioned = (patient: Partial<Patient> & { id: string }, version = '1') => ({
  resource: { resourceType: 'Patient' as const, ...patient },
  etag: `W/"${version}"`,
});

describe('two records of one person', () => {
  const gone = versioned({
    id: 'a',
    text: { status: 'extensions', div: '<div/>' },
    extension: [{ url: 'x', valueCode: 'y' }],
    link: [{ type: 'seealso', other: { reference: 'Patient/z' } }],
  });
  const stays = versioned({ id: 'b', gender: 'female' }, '7');

  test('each points to the other, and the rest stays', () => {
    const after = linking({ gone, stays }, BASE).after;
    expect(after.gone).toEqual({
      resourceType: 'Patient',
      id: 'a',
      active: false,
      extension: [{ url: 'x', valueCode: 'y' }],
      link: [
        { type: 'seealso', other: { reference: 'Patient/z' } },
        { type: 'replaced-by', other: { reference: 'Patient/b' } },
      ],
    });
    expect(after.stays.link).toEqual([{ type: 'replaces', other: { reference: 'Patient/a' } }]);
  });

  test('a link that is there already, also as an absolute address, is not added again', () => {
    const link = [{ type: 'replaces' as const, other: { reference: `${BASE}/Patient/a` } }];
    const half = versioned({ id: 'b', link });
    expect(linking({ gone, stays: half }, BASE).after.stays).toBe(half.resource);
  });

  test('one transaction, each update bound to the version that was compared', () => {
    const bundle = pairBundle(linking({ gone, stays }, BASE), BASE);
    expect(bundle.type).toBe('transaction');
    expect(bundle.entry?.map((e) => e.request)).toEqual([
      { method: 'PUT', url: 'Patient/b', ifMatch: 'W/"7"' },
      { method: 'PUT', url: 'Patient/a', ifMatch: 'W/"1"' },
    ]);
  });
});

describe('a link that is undone', () => {
  const link = (type: 'replaces' | 'replaced-by' | 'seealso', other: string) => ({
    type,
    other: { reference: other },
  });
  const gone = versioned({
    id: 'a',
    active: false,
    text: { status: 'generated', div: '<div/>' },
    link: [link('seealso', 'Patient/z'), link('replaced-by', 'Patient/b')],
  });
  const stays = versioned({
    id: 'b',
    link: [link('replaces', `${BASE}/Patient/a`), link('replaces', 'Patient/c')],
  });

  test('neither points to the other any more, and all other links stay', () => {
    const { after, isDone } = unlinking({ gone, stays }, true, BASE);
    expect(after.gone).toEqual({
      resourceType: 'Patient',
      id: 'a',
      active: true,
      link: [link('seealso', 'Patient/z')],
    });
    expect(after.stays.link).toEqual([link('replaces', 'Patient/c')]);
    expect(isDone(after)).toBe(true);
    expect(isDone({ ...after, gone: gone.resource })).toBe(false);
    expect(isDone({ ...after, stays: stays.resource })).toBe(false);
  });

  test('a record that stays and knows nothing of it is left alone', () => {
    const unaware = versioned({ id: 'b' });
    expect(unlinking({ gone, stays: unaware }, true, BASE).after.stays).toBe(unaware.resource);
  });

  test('what was linked is linked and undone again', () => {
    const [a, b] = [versioned({ id: 'a', gender: 'other' }), versioned({ id: 'b' })];
    const { after } = linking({ gone: a, stays: b }, BASE);
    const pair = { gone: { ...a, resource: after.gone }, stays: { ...b, resource: after.stays } };
    const undone = unlinking(pair, undefined, BASE).after;
    expect(undone).toEqual({ gone: a.resource, stays: b.resource });
  });

  test('a record that yet another one replaces stays out of use', () => {
    const both = [link('replaced-by', 'Patient/b'), link('replaced-by', 'Patient/d')];
    const twice = { ...gone.resource, link: both };
    expect(unmarked(twice, 'b', true, BASE)).toMatchObject({
      active: false,
      link: [link('replaced-by', 'Patient/d')],
    });
  });

  test('a survivor that is not on this server', () => {
    const away = [link('replaced-by', 'https://other.example/Patient/b')];
    const after = unmarked({ ...gone.resource, link: away }, undefined, true, BASE);
    expect(after.link).toBeUndefined();
  });

  test('what the record said of its use before', () => {
    const entry = (patient: Partial<Patient>) => ({
      id: 'a',
      versionId: undefined,
      method: 'update' as const,
      at: undefined,
      resource: { resourceType: 'Patient' as const, ...patient, id: 'a' },
    });
    const marked = entry(gone.resource);
    expect(activeBefore([marked, entry({ active: false }), entry({})])).toEqual({ active: false });
    expect(activeBefore([marked, entry({})])).toEqual({ active: undefined });
    expect(activeBefore([marked])).toBeUndefined();
  });
});

describe('with a server', () => {
  const bench = openBench();

  test('one by one: the second step fails, and the undo can be tried again', async () => {
    const { client } = bench().connect();
    const fresh = {
      gone: await client.create(newPatient()),
      stays: await client.create(newPatient()),
    };
    const read = async () => {
      const [gone, stays] = await Promise.all(
        [fresh.gone, fresh.stays].map(({ resource }) => client.read('Patient', resource.id)),
      );
      if (!gone || !stays) throw new Error('both are there');
      return { gone, stays };
    };
    await writePair(client, linking(fresh, client.baseUrl), false);
    const undo = async () =>
      writePair(client, unlinking(await read(), true, client.baseUrl), false);
    bench().server.faults.add({
      method: 'PUT',
      path: new RegExp(fresh.gone.resource.id),
      times: 1,
      status: 422,
      body: '',
    });
    await expect(undo()).rejects.toBeInstanceOf(HalfDone);
    const half = await read();
    expect(half.gone.resource.link).toHaveLength(1);
    expect(half.stays.resource.link).toBeUndefined();
    await undo();
    expect((await read()).gone.resource).toMatchObject({ active: true });
    expect((await read()).gone.resource.link).toBeUndefined();
  });

  test('that did only a part of the transaction, which is not believed', async () => {
    const { client } = bench().connect();
    const [gone, stays] = await Promise.all([
      client.create(newPatient()),
      client.create(newPatient()),
    ]);
    const pair = { gone, stays };
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
    await client.update(after.gone, { ifMatch: gone.etag ?? '' });
    await expect(write()).rejects.toBeInstanceOf(Conflict);
    await client.update(after.stays, { ifMatch: stays.etag ?? '' });
    await expect(write()).resolves.toEqual([]);
  });

  const freshPair = async (client: FhirClient) => {
    const [gone, stays] = await Promise.all([
      client.create(newPatient()),
      client.create(newPatient()),
    ]);
    return { gone, stays };
  };
  /** What a server makes of a patient, or of each in a transaction, before it keeps it. */
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

  test.each([true, false])('that keeps no links is not believed: transaction %s', async (both) => {
    const { client } = bench().connect();
    const pair = await freshPair(client);
    const noLinks = keeping(client, (sent) => ({ ...sent, link: undefined }));
    const write = writePair(noLinks, linking(pair, client.baseUrl), both);
    await expect(write).rejects.toBeInstanceOf(NotApplied);
    await expect(write).rejects.toMatchObject({ lost: ['link'] });
  });

  test.each([true, false])(
    'that keeps the links and not all else: transaction %s',
    async (both) => {
      const { client } = bench().connect();
      const pair = await freshPair(client);
      const noUse = keeping(client, (sent) => ({ ...sent, active: undefined }));
      const change = linking(pair, client.baseUrl);
      await expect(writePair(noUse, change, both)).resolves.toEqual(['active']);
    },
  );

  test('that refuses a part of the transaction says why', async () => {
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

  test.each([true, false])('called off before it has left: transaction %s', async (both) => {
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
    expect((await client.read('Patient', pair.stays.resource.id)).etag).toBe(pair.stays.etag);
  });

  test('one by one: what was begun is not left half done', async () => {
    const { client } = bench().connect();
    const pair = await freshPair(client);
    const off = new AbortController();
    const made = { signal: off.signal, sending: () => off.abort() };
    const change = linking(pair, client.baseUrl);
    // The first update is called off by nobody once it has left: a page that is left only stops looking.
    await writePair(client, change, false, made);
    const now = await client.read('Patient', pair.gone.resource.id);
    expect(now.resource.link).toHaveLength(1);
  });
});
