import type { Patient } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { newPatient, openBench } from '#fhir/client-bench.ts';
import { Conflict } from '#fhir/errors.ts';
import { linkBundle, linked, linkPatients } from './link-patients.ts';

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
    const after = linked({ gone, stays }, BASE);
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
    expect(linked({ gone, stays: half }, BASE).stays).toBe(half.resource);
  });

  test('one transaction, each update bound to the version that was compared', () => {
    const bundle = linkBundle({ gone, stays }, BASE);
    expect(bundle.type).toBe('transaction');
    expect(bundle.entry?.map((e) => e.request)).toEqual([
      { method: 'PUT', url: 'Patient/b', ifMatch: 'W/"7"' },
      { method: 'PUT', url: 'Patient/a', ifMatch: 'W/"1"' },
    ]);
  });
});

describe('with a server', () => {
  const bench = openBench();

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
    const linking = () => linkPatients(client, pair, true);
    await expect(linking()).rejects.toMatchObject({ state: 'not-done' });
    const after = linked(pair, client.baseUrl);
    await client.update(after.gone, { ifMatch: gone.etag ?? '' });
    await expect(linking()).rejects.toBeInstanceOf(Conflict);
    await client.update(after.stays, { ifMatch: stays.etag ?? '' });
    await expect(linking()).resolves.toBeUndefined();
  });
});
