import { afterEach, expect, it, vi } from 'vitest';
import type { Fhir } from '#data/fhir-context.ts';
import { createClient } from '#fhir/client/create-client.ts';
import { RequestLog } from '#fhir/transport/log.ts';
import { NO_CONTEXT, type Session } from '#session/session.ts';
import type { CheckEnv } from '../check.ts';
import { may } from './may.ts';
import { searchPost } from './search-post.ts';
import { BASE, envOf, hidden, stubNetwork } from './helpers/check-fixture.ts';

const PATIENT = { resourceType: 'Patient', id: 'p1' };
const PATIENTS = [{ resource: PATIENT }];

/** Returns the input of a check with searches by POST, and a server with these responses. */
function env(search: (form: string) => Response): CheckEnv {
  stubNetwork((url, init) => {
    if (!url.endsWith('/Patient/_search')) return new Response(null, { status: 404 });
    return search(`${init.method} ${init.body as string}`);
  });
  const bare = envOf({ type: 'open' });
  const requests = { ...bare.server!.requests, searchMethod: 'post' } as const;
  const server = { ...bare.server!, requests };
  const session = { context: NO_CONTEXT } as Session;
  const log = new RequestLog();
  const client = createClient({
    baseUrl: BASE,
    authorization: () => Promise.resolve(undefined),
    renew: () => Promise.resolve(false),
    log,
    requests,
    retry: { max: 0 },
  });
  const fhir: Fhir = { client, session, log };
  return { ...bare, server, session, fhir };
}

const bundle = (entry: readonly object[]): Response =>
  new Response(JSON.stringify({ resourceType: 'Bundle', entry }));

const found = async (search: (form: string) => Response, check = searchPost): Promise<string> => {
  const { verdict, came, means, mend = '' } = await check.run(env(search));
  return [verdict, came, means, mend].join(' | ');
};

afterEach(() => vi.unstubAllGlobals());

it('search-post check applies only if searches by POST are configured', () => {
  const { applies } = searchPost;
  expect(applies?.(env(hidden))).toBe(true);
  expect(applies?.({ ...env(hidden), server: envOf({ type: 'open' }).server })).toBe(false);
  expect(applies?.({ ...env(hidden), fhir: undefined })).toBe(false);
});

it('search-post check is good if the server reads the form and finds no patient', async () => {
  const reads = (form: string) => bundle(form.startsWith('POST _id=') ? [] : PATIENTS);
  expect(await found(reads)).toBe('good | searchPostOk | searchPostOkMeans | ');
});

it('search-post check is bad if the server ignores the form and returns patients, as Google Cloud does', async () => {
  expect(await found(() => bundle(PATIENTS))).toBe(
    'bad | searchPostUnread | searchPostUnreadMeans | searchPostMend',
  );
});

it.each([404, 405, 415, 501])(
  'search-post and may checks are bad if the server refuses POST searches with %d',
  async (status) => {
    const refuses = () => new Response('', { status });
    expect(await found(refuses)).toBe(
      `bad | metadataServer ${status} | searchPostRefusedMeans | searchPostMend`,
    );
    expect(await found(refuses, may)).toBe(
      `bad | mayProbe search ${status} | searchPostRefusedMeans | searchPostMend`,
    );
  },
);

it.each([
  ['401', () => new Response('', { status: 401 })],
  ['500', () => new Response('', { status: 500 })],
  ['nothing', hidden],
])('search-post check is inconclusive after %s', async (_, search) => {
  expect(await found(search)).toBe('info | searchPostNone | searchPostNoneMeans | ');
});
