import type { Patient } from 'fhir/r4';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Conflict, Forbidden, NetworkError, silent } from '#fhir/errors.ts';
import { generate } from '#sandbox/data/generate.ts';
import { startFhirServer, type FhirServer } from '#sandbox/fhir/server.ts';
import { clientOf } from './client-fixture.ts';
import { asSent, exactPair, holdsDecimals } from './exact-body.ts';
import { AnswerLost, isOpen, lostBefore, NotSent } from './mutations-lost.ts';
import { updateOnce } from './update-once.ts';

let server: FhirServer;
const ID = 'awkward-inactive';
const client = () => clientOf(server);
const sent = (method: string) => server.log.findLast((r) => r.method === method)?.body;

beforeAll(async () => {
  server = await startFhirServer({ ...generate({ patients: 1, charts: 0 }), auth: 'open' });
});
afterAll(() => server.close());
beforeEach(() => server.reset());

const DIGITS = ['47.50', '8.5400', '12345678901234567890', '1.50E2'];
const measured = (id: string, version: string): string =>
  `{"resourceType":"Patient","id":"${id}","meta":{"versionId":"${version}"},"extension":[${DIGITS.map(
    (digits, i) => `{"url":"https://x.example/${i}","valueDecimal":${digits}}`,
  ).join()}]}`;

const EXTENSION = [{ url: 'https://x.example/1', valueDecimal: 1.5 }];

/** Makes the server answer reads of a path with this body from now on. */
const holds = (path: string, body: string) =>
  server.faults.add({ method: 'GET', path: new RegExp(`${path}$`), status: 200, body });

test('an update sends unchanged numbers with the digits that the server sent', async () => {
  const now = server.store.versions('Patient', ID).length;
  holds(`Patient/${ID}`, measured(ID, String(now)));
  const { resource, etag = '' } = await client().read('Patient', ID);
  const [first, ...others] = resource.extension ?? [];
  const extension = [{ ...first, url: first?.url ?? '', valueDecimal: 47.25 }, ...others];
  await updateOnce(client(), { ...structuredClone(resource), gender: 'other', extension }, etag);
  expect(sent('PUT')).toBe(
    measured(ID, String(now)).replace('47.50', '47.25').replace(/\}$/, ',"gender":"other"}'),
  );
});

test('a restored version is sent with the digits of that version', async () => {
  const { etag = '' } = await client().read('Patient', ID);
  holds(`Patient/${ID}/_history/old`, measured(ID, 'old'));
  const { resource } = await client().vread('Patient', ID, 'old');
  await updateOnce(client(), resource, etag, { madeOf: 'old' });
  expect(sent('PUT')).toBe(measured(ID, 'old'));
});

test('a restore without vread sends the current digits of equal numbers', async () => {
  const now = server.store.versions('Patient', ID).length;
  holds(`Patient/${ID}`, measured(ID, String(now)));
  const { resource, etag = '' } = await client().read('Patient', ID);
  const [first, ...others] = resource.extension ?? [];
  const extension = [{ ...first, url: first?.url ?? '', valueDecimal: 1.5 }, ...others];
  await updateOnce(client(), { ...resource, extension }, etag, { madeOf: 'not-there' });
  expect(sent('PUT')).toBe(measured(ID, String(now)).replace('47.50', '1.5'));
});

test('holdsDecimals ignores elements that hold whole numbers', () => {
  const telecom = [{ system: 'phone', value: '1', rank: 1 }];
  expect(holdsDecimals({ telecom, multipleBirthInteger: 2 })).toBe(false);
  expect(holdsDecimals({ extension: [{ valueQuantity: { value: 3 } }] })).toBe(true);
});

test('an update is not sent when the read before it fails', async () => {
  const { resource, etag = '' } = await client().read('Patient', ID);
  server.faults.add({ method: 'GET', connection: 'drop' });
  const saving = updateOnce(client(), { ...resource, extension: EXTENSION }, etag);
  await expect(saving).rejects.toMatchObject({
    state: 'not-done',
    cause: expect.any(NetworkError),
  });
  expect(sent('PUT')).toBeUndefined();
});

test('a change that was not sent leaves the unknown outcome of an earlier try unknown', () => {
  const cause = new NetworkError('unreachable');
  const earlier = lostBefore(false, new AnswerLost('unknown', cause));
  const again = lostBefore(isOpen(earlier), new NotSent(cause));
  expect([isOpen(earlier), isOpen(again)]).toEqual([true, true]);
  expect(isOpen(lostBefore(false, new NotSent(cause)))).toBe(false);
  const refusal = new Forbidden(silent(403));
  expect(isOpen(lostBefore(true, new NotSent(refusal)))).toBe(true);
  expect(lostBefore(false, new NotSent(refusal))).toBe(refusal);
  // The record was read again, which settles the outcome of the earlier try, too.
  expect(isOpen(lostBefore(true, new AnswerLost('not-done', cause)))).toBe(false);
});

test('an update of a stale version throws Conflict', async () => {
  const { resource } = await client().read('Patient', ID);
  const stale = updateOnce(client(), { ...resource, extension: EXTENSION }, 'W/"0"');
  await expect(stale).rejects.toThrow(Conflict);
});

test('exactPair keeps the digits of both records in one transaction', async () => {
  const [one, two] = [measured('a', '1'), measured('b', '2').replace('47.50', '47.500')];
  holds('Patient/a', one);
  holds('Patient/b', two);
  const patients = [one, two].map((text) => JSON.parse(text) as Patient);
  const bundle = {
    resourceType: 'Bundle' as const,
    type: 'transaction' as const,
    entry: patients.map((p) => ({ fullUrl: p.id ?? '', resource: { ...p, active: false } })),
  };
  const sent = await Promise.all(['a', 'b'].map((id) => asSent(client(), id)));
  const text = exactPair(bundle, sent) ?? '';
  for (const each of [one, two]) expect(text).toContain(each.slice(0, -1));
  expect(JSON.parse(text)).toEqual(bundle);
});
