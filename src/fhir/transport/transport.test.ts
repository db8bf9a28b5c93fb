import { afterEach, describe, expect, it, vi } from 'vitest';
import { faultKinds } from '#sandbox/fhir/faults/faults.ts';
import { keepEarly } from '#lib/early-answers.ts';
import { newPatient, openBench, REQUESTS } from '../client/client-fixture.ts';
import { BadResponse, NetworkError, TooLarge, Unauthorized } from '../errors.ts';

const bench = openBench();

afterEach(() => vi.restoreAllMocks());

/** Makes the server accept only these tokens from now on. */
function useTokens(...tokens: string[]) {
  bench().valid.clear();
  for (const token of tokens) bench().valid.add(token);
}

describe('a refused or expired token', () => {
  it('is renewed once for several requests, which are then repeated', async () => {
    const { client, state } = bench().connect({
      renew: async () => {
        state.renewals += 1;
        state.token = 't2';
        return true;
      },
    });
    useTokens('t2');
    await Promise.all(['p0001', 'p0002', 'p0003'].map((id) => client.read('Patient', id)));
    expect(state.renewals).toBe(1);
    expect(bench().server.log.filter((e) => e.status === 401).length).toBeLessThanOrEqual(3);
  });

  it('is renewed only once when the server refuses the new token, too', async () => {
    const { client, state } = bench().connect({
      renew: async () => {
        state.renewals += 1;
        return true;
      },
    });
    useTokens();
    await expect(client.read('Patient', 'p0001')).rejects.toBeInstanceOf(Unauthorized);
    expect(state.renewals).toBe(1);
    expect(bench().server.log).toHaveLength(2);
  });

  it('is renewed after a 401 to a create, which is then repeated', async () => {
    const { client, state } = bench().connect({
      renew: async () => {
        state.token = 't2';
        return true;
      },
    });
    useTokens('t2');
    const { resource } = await client.create(newPatient());
    expect(resource.id).toBeTruthy();
  });

  it('makes an unreachable server count as a 401 if the token has expired', async () => {
    bench().server.faults.add(faultKinds.dropped());
    const { client } = bench().connect({ tokenExpired: () => true });
    await expect(client.read('Patient', 'p0001')).rejects.toBeInstanceOf(Unauthorized);
    await expect(bench().connect().client.read('Patient', 'p0001')).rejects.toMatchObject({
      kind: 'network',
      reason: 'unreachable',
      wrote: false,
    });
  });

  it('does not make a lost response to a create count as a 401 and repeat it', async () => {
    const renew = async (): Promise<boolean> => true;
    const { client } = bench().connect({ tokenExpired: () => true, renew });
    const lost = { method: 'POST', connection: 'drop', afterWork: true, times: 1 } as const;
    bench().server.faults.add(lost);
    await expect(client.create(newPatient())).rejects.toMatchObject({ kind: 'network' });
    expect(bench().asked('POST')).toBe(1);
  });
});

describe('a failure of the server or network', () => {
  it('429 makes a read try again after Retry-After', async () => {
    bench().server.faults.add({ ...faultKinds.throttled(0), times: 2 });
    await bench().connect().client.read('Patient', 'p0001');
    expect(bench().asked('GET')).toBe(3);
  });

  it.each([408, 425, 499, 502, 503, 504, 520, 521, 522, 523, 524])(
    '%d makes a read try again',
    async (status) => {
      bench().server.faults.add({ ...faultKinds.html(status), times: 1 });
      await bench().connect().client.read('Patient', 'p0001');
      expect(bench().asked('GET')).toBe(2);
    },
  );

  it.each([500, 501, 505, 525])('%d is reported without another try', async (status) => {
    bench().server.faults.add({ ...faultKinds.html(status), times: 1 });
    await expect(bench().connect().client.read('Patient', 'p0001')).rejects.toMatchObject({
      status,
    });
    expect(bench().asked('GET')).toBe(1);
  });

  it('503 is reported after three repeats', async () => {
    bench().server.faults.add(faultKinds.html(503));
    await expect(bench().connect().client.read('Patient', 'p0001')).rejects.toMatchObject({
      kind: 'server-error',
      status: 503,
      detail: '502 - Web server received an invalid response.',
    });
    expect(bench().asked('GET')).toBe(4);
  });

  it('429 with a long Retry-After is reported at once', async () => {
    bench().server.faults.add(faultKinds.throttled(3600));
    await expect(bench().connect().client.read('Patient', 'p0001')).rejects.toMatchObject({
      kind: 'throttled',
      retryAfter: 3600,
    });
    expect(bench().asked('GET')).toBe(1);
  });

  it.each([
    ['malformed JSON', faultKinds.malformed(), BadResponse],
    ['an empty body', faultKinds.empty(), BadResponse],
    ['text', faultKinds.wrongType(), BadResponse],
    ['markup', faultKinds.html(200), BadResponse],
    ['half a body', faultKinds.answerLost(), NetworkError],
    ['a dropped connection', faultKinds.dropped(), NetworkError],
    ['a redirect', { status: 302, headers: { Location: 'https://evil.invalid/' } }, NetworkError],
  ] as const)('%s is reported by its own error class', async (_, fault, kind) => {
    bench().server.faults.add(fault);
    await expect(bench().connect().client.read('Patient', 'p0001')).rejects.toBeInstanceOf(kind);
    bench().server.faults.clear();
    bench().server.faults.add(fault);
    await expect(bench().connect().client.search('Patient', {})).rejects.toBeInstanceOf(kind);
  });

  it('a response over the size limit throws TooLarge', async () => {
    bench().server.faults.add(faultKinds.huge(40));
    await expect(bench().connect().client.search('Patient', {})).rejects.toBeInstanceOf(TooLarge);
  });

  it('a late response is reported as a timeout', async () => {
    bench().server.faults.add({ delay: 2000 });
    await expect(
      bench().connect({ timeout: 50 }).client.read('Patient', 'p0001'),
    ).rejects.toMatchObject({
      kind: 'network',
      reason: 'timeout',
    });
  });

  it('a body that trickles in is reported as a timeout, also for an early request', async () => {
    const slow = { connection: 'trickle', status: 200, body: '{"resourceType":"Bundle"}' } as const;
    bench().server.faults.add(slow);
    const timeout = { kind: 'network', reason: 'timeout' };
    const { client } = bench().connect({ timeout: 300 });
    await expect(client.search('Patient', {})).rejects.toMatchObject(timeout);
    await expect(client.create(newPatient())).rejects.toMatchObject({ ...timeout, wrote: true });

    const open = bench().connect({ timeout: 300, authorization: async () => undefined });
    const url = `${bench().server.baseUrl}/Patient`;
    keepEarly(url, fetch(url));
    await expect(open.client.search('Patient', {})).rejects.toMatchObject(timeout);
    keepEarly(url, new Promise(() => undefined)); // never receives headers
    await expect(open.client.search('Patient', {})).rejects.toMatchObject(timeout);
  });

  it('a response after the configured timeoutSeconds is reported as a timeout', async () => {
    bench().server.faults.add({ delay: 5000 });
    const { client } = bench().connect({ requests: { ...REQUESTS, timeoutSeconds: 0.05 } });
    await expect(client.read('Patient', 'p0001')).rejects.toMatchObject({ reason: 'timeout' });
  });

  it('a response that has been read is not aborted later, and neither is an error', async () => {
    const abort = vi.spyOn(AbortController.prototype, 'abort');
    const { client } = bench().connect({ timeout: 200 });
    await client.read('Patient', 'p0001');
    await expect(client.read('Patient', 'nobody')).rejects.toMatchObject({ status: 404 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const late = expect.objectContaining({ name: 'TimeoutError' });
    expect(abort).not.toHaveBeenCalledWith(late);
  });

  it('an endless body throws TooLarge, or the error of its status', async () => {
    const body = '{"resourceType":"Bundle","entry":[';
    bench().server.faults.add({ connection: 'flood', status: 200, body });
    const { client } = bench().connect();
    await expect(client.search('Patient', {})).rejects.toBeInstanceOf(TooLarge);
    bench().server.faults.clear();
    bench().server.faults.add({ connection: 'flood', status: 500, body });
    await expect(client.create(newPatient())).rejects.toMatchObject({ status: 500 });
  });

  it.each([
    [
      'OAuth',
      401,
      { error: 'invalid_token', error_description: 'expired' },
      'invalid_token: expired',
    ],
    ['Google', 429, { error: { status: 'RESOURCE_EXHAUSTED', message: 'Quota' } }, 'Quota'],
    ['a gateway', 400, { statusCode: 400, message: 'gateway' }, 'gateway'],
    ['plain text', 400, 'plain words', 'plain words'],
    ['nothing', 404, '', undefined],
    [
      'an OperationOutcome',
      422,
      {
        resourceType: 'OperationOutcome',
        issue: [{ code: 'required', severity: 'error', details: { text: 'name' } }],
      },
      'name',
    ],
  ])('is reported with the message of its body: %s, %i', async (_, status, body, detail) => {
    bench().server.faults.add({ status, body });
    const { client } = bench().connect({ retry: { max: 0 } });
    await expect(client.read('Patient', 'p0001')).rejects.toMatchObject({ status, detail });
  });
});

describe('every request', () => {
  it('can be aborted, also while it waits to try again', async () => {
    const { client } = bench().connect({ retry: { pause: 10_000 } });
    bench().server.faults.add({ ...faultKinds.html(503) });
    const controller = new AbortController();
    const read = client.read('Patient', 'p0001', { signal: controller.signal });
    setTimeout(() => controller.abort(), 100);
    await expect(read).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('is logged without search values', async () => {
    const { client, log } = bench().connect();
    await client.search('Patient', { name: 'Secretname', _count: 3 });
    const [entry] = log.entries();
    expect(entry).toMatchObject({ method: 'GET', status: 200 });
    expect(entry?.path).toBe('/fhir/Patient?name=***&_count=3');
    expect(entry?.size).toBeGreaterThan(0);
  });
});
