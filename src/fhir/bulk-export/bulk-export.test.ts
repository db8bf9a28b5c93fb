import { afterEach, describe, expect, it } from 'vitest';
import { faultKinds } from '#sandbox/fhir/faults/faults.ts';
import { createBulkExport, type BulkExport } from './bulk-export.ts';
import { pollExport, type ExportStep } from './bulk-export-poll.ts';
import { checkStatusUrl, type StatusUrl } from './bulk-export-url.ts';
import { openBench } from '../client/client-fixture.ts';
import { BadResponse, Forbidden, Gone, NotFound, Throttled } from '../errors.ts';
import { RequestLog } from '../transport/log.ts';

const bench = openBench();
const stop = new AbortController();
afterEach(() => bench().server.reset());

const connect = (token = 't1'): BulkExport =>
  createBulkExport({
    baseUrl: bench().server.baseUrl,
    authorization: async () => `Bearer ${token}`,
    renew: async () => false,
    log: new RequestLog(),
  });

async function begin(bulk: BulkExport, types: readonly string[] = ['Patient']): Promise<StatusUrl> {
  const started = await bulk.start({ level: 'system', types });
  if (started.address !== 'known') throw new Error(started.address);
  return started.statusUrl;
}

async function follow(bulk: BulkExport, url: StatusUrl, patience = 5): Promise<ExportStep[]> {
  const steps: ExportStep[] = [];
  const options = { signal: stop.signal, pause: 4, longest: 10, patience };
  for await (const step of pollExport(bulk, url, options)) steps.push(step);
  return steps;
}

describe('an export', () => {
  it('starts, reports its progress and ends with files that can be downloaded', async () => {
    const bulk = connect();
    const url = await begin(bulk, ['Patient', 'Observation']);
    const steps = await follow(bulk, url);
    expect(steps.map((s) => s.state)).toEqual(['running', 'running', 'done']);
    expect(steps[0]).toMatchObject({ progress: '33%', waitMs: 10 });
    const end = steps.at(-1);
    if (end?.state !== 'done') throw new Error(end?.state);
    const { manifest } = end;
    expect(manifest.output.map((f) => f.type).sort()).toEqual(['Observation', 'Patient']);
    const file = manifest.output.find((f) => f.type === 'Patient');
    if (!file) throw new Error('no patients');
    let bytes = 0;
    const blob = await bulk.download(file, { needsToken: true, onBytes: (n) => (bytes = n) });
    expect(blob.size).toBe(bytes);
    const lines = (await blob.text()).trimEnd().split('\n');
    expect(lines).toHaveLength(file.count ?? -1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ resourceType: 'Patient' });
  });

  it('sends the kick-off request as the Bulk Data guide specifies', async () => {
    await connect().start({
      level: 'Group',
      group: 'group-charted',
      types: ['Patient', 'Condition'],
      since: '2026-01-01T00:00:00Z',
      container: 'exports',
    });
    const asked = bench().server.log.at(-1);
    expect(asked?.method).toBe('GET');
    expect(asked?.path).toBe('/fhir/Group/group-charted/$export');
    expect(Object.fromEntries(new URLSearchParams(asked?.query))).toEqual({
      _type: 'Patient,Condition',
      _since: '2026-01-01T00:00:00Z',
      _container: 'exports',
    });
    expect(asked?.headers).toMatchObject({
      accept: 'application/fhir+json',
      prefer: 'respond-async',
    });
  });

  it('does not repeat the kick-off request when the server answers 429', async () => {
    bench().server.faults.add({ path: /\$export/, ...faultKinds.throttled(0) });
    await expect(connect().start({ level: 'system', types: [] })).rejects.toBeInstanceOf(Throttled);
    expect(bench().asked('GET')).toBe(1);
  });

  it('can be cancelled, and cancelled again without an error', async () => {
    const bulk = connect();
    const url = await begin(bulk);
    const status = await bulk.status(url);
    if (status.state !== 'running') throw new Error(status.state);
    await bulk.cancel(status.job);
    expect(await follow(bulk, url)).toEqual([{ state: 'expired' }]);
    await expect(bulk.cancel(status.job)).resolves.toBeUndefined();
  });

  it('throws Forbidden for a reader, and NotFound for a group that does not exist', async () => {
    bench().valid.add('reader');
    await expect(connect('reader').start({ level: 'Patient', types: [] })).rejects.toBeInstanceOf(
      Forbidden,
    );
    await expect(
      connect().start({ level: 'Group', group: 'nobody', types: [] }),
    ).rejects.toBeInstanceOf(NotFound);
  });
});

describe('the status URL', () => {
  it.each([
    [202, {}, 'unreadable'],
    [202, { 'Content-Location': 'https://evil.example/jobs/1' }, 'refused'],
    [202, { 'Content-Location': '/fhir/_operations/export/1' }, 'known'],
    [202, { 'Content-Location': '/fhir/Patient/awkward-test' }, 'refused'],
    [202, { 'Content-Location': 'Patient?identifier=1' }, 'refused'],
    // A server behind a proxy sends its internal host.
    [202, { 'Content-Location': 'http://internal:8080/fhir/_operations/export/1' }, 'known'],
  ])('of a response %s with the headers %o is %s', async (status, headers, address) => {
    bench().server.faults.add({ path: /\$export/, status, headers, body: '' });
    const started = await connect().start({ level: 'system', types: [] });
    expect(started.address).toBe(address);
    if (started.address === 'known')
      expect(started.statusUrl).toBe(`${bench().server.baseUrl}/_operations/export/1`);
  });

  it('must come with status 202, otherwise start throws BadResponse', async () => {
    bench().server.faults.add({ path: /\$export/, status: 200, body: { resourceType: 'Bundle' } });
    await expect(connect().start({ level: 'system', types: [] })).rejects.toBeInstanceOf(
      BadResponse,
    );
  });

  it.each([
    ['https://fhir.example/r4/_operations/export/1', true],
    ['  https://fhir.example/r4/_operations/export/1#x ', true],
    ['https://fhir.example/r4', false],
    ['https://fhir.example/r4/$export-poll-status?_jobId=1', true],
    ['https://fhir.example/r4/BulkRequest/1', true],
    ['https://fhir.example/r4/?_type=Patient', false],
    ['https://fhir.example/r4/Patient/1', false],
    ['https://fhir.example/r4/Patient?identifier=1', false],
    ['https://fhir.example/r4/Patient/1/$purge-history', false],
    ['https://fhir.example/r4//patient/1', false],
    ['https://fhir.example/r4/%50atient/1', false],
    ['https://fhir.example/r4/;x/Patient;v=1/1', false],
    ['https://fhir.example/r4/Observation/1', false],
    ['https://fhir.example/r4/$export?_type=Patient', false],
    ['https://fhir.example/r4/%ff', false],
    ['https://fhir.example/other/1', false],
    ['https://fhir.example/r4/../other/1', false],
    ['https://fhir.example/r4/%2e%2e/other', false],
    ['https://fhir.example:444/r4/jobs/1', false],
    ['http://fhir.example/r4/jobs/1', false],
    ['https://fhir.example@evil.example/r4/jobs/1', false],
    ['//evil.example/r4/jobs/1', false],
    ['javascript:alert(1)', false],
    ['/r4/jobs/1', false],
    [42, false],
  ])('pasted as %s is accepted: %s', (value, good) => {
    expect(checkStatusUrl(value, 'https://fhir.example/r4') !== undefined).toBe(good);
  });
});

describe('polling a job', () => {
  it('continues after temporary failures', async () => {
    const bulk = connect();
    const url = await begin(bulk);
    const path = /_operations/;
    bench().server.faults.add({ path, times: 1, ...faultKinds.dropped() });
    bench().server.faults.add({ path, times: 1, ...faultKinds.throttled(0) });
    bench().server.faults.add({ path, times: 1, ...faultKinds.html(408) });
    bench().server.faults.add({ path, times: 1, ...faultKinds.html(524) });
    const steps = await follow(bulk, url);
    expect(steps.at(-1)?.state).toBe('done');
    expect(steps.filter((s) => s.state === 'running' && s.trouble !== undefined)).toHaveLength(4);
  });

  it('returns the URL for cancelling from the first response of the job on', async () => {
    const bulk = connect();
    const url = await begin(bulk);
    bench().server.faults.add({ path: /_operations/, times: 1, ...faultKinds.dropped() });
    const steps = await follow(bulk, url);
    expect(steps.map((s) => (s.state === 'running' ? s.job : s.state))).toEqual([
      undefined,
      url,
      url,
      'done',
    ]);
  });

  it('ends as lost after several failed requests in a row', async () => {
    const bulk = connect();
    const url = await begin(bulk);
    bench().server.faults.add({ path: /_operations/, ...faultKinds.dropped() });
    expect((await follow(bulk, url, 2)).map((s) => s.state)).toEqual(['running', 'lost']);
  });

  it.each([
    ['a failed job', { status: 500, body: '' }, 'failed'],
    ['markup', faultKinds.html(200), 'failed'],
    ['no manifest', { status: 200, body: { resourceType: 'Bundle' } }, 'failed'],
    ['a token that is refused', { status: 401, body: '' }, 'refused'],
    ['a role that was taken away', { status: 403, body: '' }, 'refused'],
    ['a job that ran out', { status: 410, body: '' }, 'expired'],
    ['a job it never had', { status: 404, body: '' }, 'expired'],
  ])('ends in the expected state after %s', async (_, fault, state) => {
    const bulk = connect();
    const url = await begin(bulk);
    bench().server.faults.add({ path: /_operations/, ...fault });
    expect((await follow(bulk, url)).map((s) => s.state)).toEqual([state]);
  });

  it('stops when its signal aborts, and the job continues on the server', async () => {
    const bulk = connect();
    const url = await begin(bulk);
    const leave = new AbortController();
    for await (const step of pollExport(bulk, url, { signal: leave.signal, pause: 10_000 })) {
      expect(step.state).toBe('running');
      leave.abort();
    }
    expect(bench().asked('DELETE')).toBe(0);
    expect((await follow(bulk, url)).at(-1)?.state).toBe('done');
  });
});

describe('a file', () => {
  it('outside the base is never requested', async () => {
    const before = bench().server.log.length;
    const file = { type: 'Patient', address: 'https://x.example/a', url: undefined, count: 1 };
    await expect(connect().download(file, { needsToken: true })).rejects.toBeInstanceOf(Gone);
    expect(bench().server.log).toHaveLength(before);
  });
});
