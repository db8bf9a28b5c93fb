import type { Binary } from 'fhir/r4';
import { expect, it } from 'vitest';
import { fetchBinary } from './binary.ts';
import { binaryUrlOf } from './binary-url.ts';
import { openBench } from '../client/client-fixture.ts';
import {
  BadResponse,
  Forbidden,
  Gone,
  NetworkError,
  NotFound,
  TooLarge,
  Unauthorized,
} from '../errors.ts';
import { RequestLog } from '../transport/log.ts';

const bench = openBench();

/** Returns the PDF that the sandbox stores, with its bytes. */
function stored(): { url: string; type: string; bytes: Buffer } {
  const { resource } = [...bench().server.store.all('Binary')].find(
    (version) => (version.resource as Binary).contentType === 'application/pdf',
  ) as { resource: Binary };
  return {
    url: `Binary/${resource.id}`,
    type: resource.contentType,
    bytes: Buffer.from(resource.data ?? '', 'base64'),
  };
}

function get(url: string, contentType?: string, o: { token?: string; signal?: AbortSignal } = {}) {
  const { baseUrl } = bench().server;
  const known = binaryUrlOf(url, baseUrl);
  if (!known) throw new Error(`${url} is not under the base`);
  const transport = {
    baseUrl,
    authorization: async () => `Bearer ${o.token ?? 't1'}`,
    renew: async () => false,
    retry: { max: 0 },
    log: new RequestLog(),
  };
  return fetchBinary(transport, known, { contentType, signal: o.signal });
}

const accepted = () => bench().server.log.map((entry) => entry.headers['accept']);
const bytesOf = async (blob: Blob) => Buffer.from(await blob.arrayBuffer());

it('fetchBinary requests a file by its type, with the token, and returns its bytes', async () => {
  bench().server.behaviour.rawBinary = true;
  const { url, type, bytes } = stored();
  const blob = await get(url, `${type}; x=1`);
  expect(await bytesOf(blob)).toEqual(bytes);
  expect(blob.type).toBe(type);
  expect(accepted()).toEqual([type]);
  expect(bench().server.log.map((entry) => entry.authorized)).toEqual([true]);
});

it('fetchBinary reads the Binary in JSON when the server sends no other format', async () => {
  const { url, type, bytes } = stored();
  const blob = await get(url, type);
  expect(await bytesOf(blob)).toEqual(bytes);
  expect(blob.type).toBe(type);
  expect(accepted()).toEqual([type, 'application/fhir+json']);
  expect((await get(url)).type).toBe(type);
});

it('fetchBinary takes the type from the response, from the record if it is generic', async () => {
  const { faults } = bench().server;
  faults.add({ body: 'abc', contentType: 'application/octet-stream', times: 1 });
  expect((await get('Binary/1', 'application/pdf')).type).toBe('application/pdf');
  faults.add({ body: 'abc', contentType: 'text/plain; charset=utf-8' });
  expect((await get('Binary/1', 'application/pdf')).type).toBe('text/plain; charset=utf-8');
});

it.each([
  ['the sign-in page of a proxy', { body: '<html>', contentType: 'text/html' }],
  ['another resource', { body: { resourceType: 'OperationOutcome', issue: [] } }],
  ['a Binary without data', { body: { resourceType: 'Binary', contentType: 'application/pdf' } }],
  ['a Binary of no base64', { body: { resourceType: 'Binary', data: '%%%' } }],
])('fetchBinary does not accept %s as the file', async (_, fault) => {
  bench().server.faults.add(fault);
  await expect(get('Binary/1', 'application/pdf')).rejects.toBeInstanceOf(BadResponse);
});

const CDA = '<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"/>';
const inJson = { resourceType: 'Binary', contentType: 'text/xml', data: btoa(CDA) };
const inXml = (head: string) =>
  `${head}<Binary xmlns="http://hl7.org/fhir"><data value="${btoa(CDA)}"/></Binary>`;

it.each([
  ['a Binary in XML', { body: inXml(''), contentType: 'application/fhir+xml' }],
  ['one of a plainer type', { body: inXml('<?xml version="1.0"?>\n'), contentType: 'text/xml' }],
  ['nothing', { body: '', contentType: 'text/xml' }],
])('fetchBinary requests JSON when the response for an XML document is %s', async (_, fault) => {
  const { faults } = bench().server;
  faults.add({ ...fault, times: 1 });
  faults.add({ body: inJson });
  const blob = await get('Binary/1', 'text/xml');
  expect([await blob.text(), blob.type]).toEqual([CDA, 'text/xml']);
  expect(accepted()).toEqual(['text/xml', 'application/fhir+json']);
});

it.each([
  ['FHIR in XML', { body: inXml(''), contentType: 'application/fhir+xml' }],
  ['nothing', { body: '', contentType: 'application/pdf' }],
])('fetchBinary throws BadResponse when both responses are %s', async (_, fault) => {
  bench().server.faults.add(fault);
  await expect(get('Binary/1', 'application/pdf')).rejects.toBeInstanceOf(BadResponse);
  expect(accepted()).toHaveLength(2);
});

it('fetchBinary returns an XML document unchanged', async () => {
  bench().server.faults.add({ body: CDA, contentType: 'text/xml' });
  expect(await (await get('Binary/1', 'text/xml')).text()).toBe(CDA);
  expect(accepted()).toHaveLength(1);
});

it('fetchBinary returns a JSON file unchanged', async () => {
  bench().server.faults.add({ body: '{"a":7.0}', contentType: 'application/json' });
  expect(await (await get('Binary/1', 'application/json')).text()).toBe('{"a":7.0}');
});

it.each([
  [401, Unauthorized],
  [403, Forbidden],
  [404, NotFound],
  [410, Gone],
])('fetchBinary reports a %i by its error class', async (status, kind) => {
  bench().server.faults.add({ status });
  await expect(get('Binary/1', 'application/pdf')).rejects.toBeInstanceOf(kind);
});

it('fetchBinary follows no redirect', async () => {
  const location = `${bench().server.baseUrl}/metadata`;
  bench().server.faults.add({ status: 302, headers: { Location: location } });
  await expect(get('Binary/1', 'application/pdf')).rejects.toBeInstanceOf(NetworkError);
  expect(bench().server.log).toHaveLength(1);
});

it('fetchBinary throws TooLarge for an endless file', async () => {
  bench().server.faults.add({ body: 'x', contentType: 'application/pdf', connection: 'flood' });
  await expect(get('Binary/1', 'application/pdf')).rejects.toBeInstanceOf(TooLarge);
}, 20_000);

it('fetchBinary stops when its signal aborts', async () => {
  const stop = new AbortController();
  bench().server.faults.add({ body: 'abcdef', contentType: 'text/plain', connection: 'trickle' });
  const reading = get('Binary/1', 'text/plain', { signal: stop.signal });
  setTimeout(() => stop.abort(), 50);
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
});
