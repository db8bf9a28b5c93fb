import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ServerConfig } from '#config/schema.ts';
import type { Fhir } from '#data/fhir-context.ts';
import { createClient } from '#fhir/client/create-client.ts';
import { RequestLog } from '#fhir/transport/log.ts';
import { LaunchError } from '#session/errors.ts';
import { NO_CONTEXT, type Session } from '#session/session.ts';
import type { Finding } from '../check.ts';
import { may } from './may.ts';
import { BASE, ENTRA, envOf, hidden, SMART, stubNetwork } from './helpers/check-fixture.ts';

const PATIENT = { resourceType: 'Patient', id: 'p1' };
const METADATA = { resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' };

const json = (body: object, status = 200): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/fhir+json' },
  });
const refusal = (status: number, code: string) => (): Response =>
  json({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code }] }, status);

interface Server {
  readonly search?: () => Response;
  readonly read?: () => Response;
  readonly session?: Partial<Session>;
  readonly auth?: object;
  /** Of the configuration of this server. */
  readonly requests?: Partial<ServerConfig['requests']>;
  /** Headers that its CORS settings do not allow. */
  readonly barred?: readonly string[];
}

/** What the check finds in front of a server that answers so. */
async function finding(o: Server): Promise<Finding> {
  const { search, read, session = {}, auth = SMART, requests, barred = [] } = o;
  stubNetwork((url, { headers }) => {
    if (barred.some((name) => new Headers(headers).has(name))) return hidden();
    if (url.endsWith('/metadata')) return json(METADATA);
    if (!url.includes('?')) return read?.() ?? json(PATIENT);
    return search?.() ?? json({ resourceType: 'Bundle', entry: [{ resource: PATIENT }] });
  });
  const opened = {
    context: NO_CONTEXT,
    authorization: () => Promise.resolve('Bearer t'),
    renew: () => Promise.resolve(false),
    ...session,
  } as Session;
  const log = new RequestLog();
  const env = envOf(auth, { session: opened });
  const server = env.server && { ...env.server, requests: { ...env.server.requests, ...requests } };
  const client = createClient({
    baseUrl: BASE,
    authorization: () => opened.authorization(),
    renew: () => opened.renew(),
    log,
    retry: { max: 0 },
    ...(server && { requests: server.requests }),
  });
  const fhir: Fhir = { client, session: opened, log };
  return may.run({ ...env, server, fhir });
}

const said = ({ verdict, came, means }: Finding): string => [verdict, came, means].join(' | ');
const row = ({ facts = [] }: Finding, deed: string): string | undefined =>
  facts.find(({ label }) => label === `may_${deed}`)?.value;

const WANTS_MORE = refusal(400, 'required');
/** As Microsoft's servers word every answer to a token with scopes of both versions of SMART. */
const MIXED = (): Response =>
  json(
    {
      resourceType: 'OperationOutcome',
      issue: [
        { severity: 'error', code: 'invalid', diagnostics: 'SMART v1 and v2 scopes are mixed.' },
      ],
    },
    400,
  );
const launched = { context: { ...NO_CONTEXT, patient: 'p1' } };

afterEach(() => vi.unstubAllGlobals());

describe('a server that wants more to search by', () => {
  it.each([
    [401, 'login', 'trouble401Cause'],
    [403, 'forbidden', 'mayForbiddenMeans'],
    [500, 'exception', 'metadataServerMeans'],
  ])('and refuses the patient of the launch with %i', async (status, code, means) => {
    const read = refusal(status, code);
    const found = await finding({ search: WANTS_MORE, read, session: launched });
    expect(said(found)).toBe(`bad | mayProbe read ${status} | ${means}`);
    expect(row(found, 'read')).toBe('mayUnknown');
  });

  it('and shows the patient of the launch', async () => {
    const found = await finding({ search: WANTS_MORE, session: launched });
    expect(said(found)).toBe('good | mayAll | mayAllMeans');
    expect(row(found, 'read')).toBe('mayProven');
    expect(row(found, 'search')).toBe('mayUntried');
  });

  it('and no launch: nothing could be tried', async () => {
    const found = await finding({ search: WANTS_MORE });
    expect([row(found, 'search'), row(found, 'read')]).toEqual(['mayUntried', 'mayUntried']);
  });
});

describe('a 400 that is no wish for more to search by', () => {
  it.each([
    ['to everything', { search: MIXED, read: MIXED }, 'mayUnknown'],
    ['to searches', { search: MIXED, session: launched }, 'mayProven'],
  ])('%s is a refusal, in the words of the server', async (_name, server, read) => {
    const found = await finding(server);
    expect(said(found)).toBe('bad | mayProbe search 400 | mayOtherMeans');
    expect([row(found, 'search'), row(found, 'read')]).toEqual(['mayUnknown', read]);
    expect(found.facts?.[0]).toEqual({
      label: 'mayWords',
      value: 'SMART v1 and v2 scopes are mixed.',
      personal: true,
    });
  });

  it('nor is a claim that the token lacks, though it is required', async () => {
    const wants = {
      severity: 'error',
      code: 'invalid',
      diagnostics: 'A fhirUser claim is required.',
    };
    const search = (): Response => json({ resourceType: 'OperationOutcome', issue: [wants] }, 400);
    expect(said(await finding({ search }))).toMatch(/^bad \| mayProbe search 400/);
  });
});

describe('why nothing could be read', () => {
  it('no new token: the FHIR server is not blamed', async () => {
    const authorization = () => Promise.reject(new LaunchError('network', 'no answer'));
    const found = await finding({ session: { authorization } });
    expect(said(found)).toBe('bad | mayNoToken | mayRenewMeans');
    expect(found.explains).toBeUndefined();
  });

  it('too many requests, which is a problem here', async () => {
    const found = await finding({ search: refusal(429, 'throttled') });
    expect(said(found)).toBe('bad | mayProbe search 429 | trouble429Cause');
  });

  it('an answer that is no FHIR is not called none', async () => {
    const found = await finding({ search: () => new Response('<html>') });
    expect(said(found)).toBe('bad | mayProbe search 200 | mayNotFhirMeans');
  });

  it('offline is not called a refusal', async () => {
    const found = await finding({
      search: () => {
        vi.stubGlobal('navigator', { onLine: false });
        return hidden();
      },
    });
    expect(said(found)).toBe('bad | mayProbeNone search | offlineMeans');
  });

  it('a refusal without CORS headers', async () => {
    const found = await finding({ search: hidden });
    expect(said(found)).toBe('bad | mayProbeNone search | mayBareMeans');
    expect(found.explains).toEqual(['trouble401']);
  });

  const audited = { auditHeaders: { WARD: 'Ward 3' } };
  const WARD = 'X-MS-AZUREFHIR-AUDIT-WARD';

  it.each([
    ['an audit header', audited, WARD, ENTRA],
    ['Prefer, which a strict search has', { strictSearch: true }, 'Prefer', { type: 'open' }],
  ])('CORS does not allow %s: no token is blamed', async (_name, requests, name, auth) => {
    const found = await finding({ requests, barred: [name], auth });
    expect(said(found)).toBe(`bad | mayProbeNone search | mayHeaderMeans ${name}`);
    expect(found.mend).toMatch(/^corsBadMend/);
    expect(found.explains).toEqual(['troubleCors']);
  });

  it('a header that CORS allows is not blamed for a refusal without CORS headers', async () => {
    const found = await finding({ requests: audited, search: hidden, auth: ENTRA });
    expect(said(found)).toBe('bad | mayProbeNone search | mayBareMeans');
  });

  it('Prefer goes with searches only', async () => {
    const requests = { strictSearch: true };
    const found = await finding({ requests, barred: ['Prefer'], read: hidden, session: launched });
    expect(said(found)).toBe('bad | mayProbeNone read | mayBareMeans');
  });

  it('an open server, which takes no token', async () => {
    const found = await finding({ search: hidden, auth: { type: 'open' } });
    expect(said(found)).toBe('bad | mayProbeNone search | mayOpenBareMeans');
    expect(found.explains).toEqual(['troubleCors']);
  });
});

describe('a 403', () => {
  const search = refusal(403, 'forbidden');

  it('for want of a scope names the scopes, whatever the server', async () => {
    for (const auth of [SMART, ENTRA]) {
      const session = { ...launched, scopes: ['patient/Observation.rs'] };
      // oxlint-disable-next-line no-await-in-loop -- both share what is stubbed
      const found = await finding({ read: search, session, auth });
      expect(said(found)).toBe('bad | mayProbe read 403 | mayScopeMeans');
      expect(found.mend).toBe('mayScopeMend');
      expect(row(found, 'read')).toBe('may_scope');
    }
  });

  it.each([
    ['SMART', SMART, 'mayForbiddenMend'],
    ['an open server', { type: 'open' }, 'mayForbiddenMend'],
    [
      'another OpenID Connect authority',
      { ...ENTRA, tenantId: undefined, authority: 'https://sso.example', protocolMode: 'OIDC' },
      'mayForbiddenMend',
    ],
    ['Entra ID', ENTRA, 'trouble403Mend'],
    ['a pasted token', { type: 'token' }, 'trouble403Mend'],
  ])('of %s leads to Azure only where it may be', async (_name, auth, mend) => {
    expect((await finding({ search, auth })).mend).toBe(mend);
  });

  it('to a search that the scopes of a launch do not hold is not provoked', async () => {
    const session = { ...launched, scopes: ['patient/Patient.r'] };
    const found = await finding({ search, session });
    expect(found.verdict).toBe('attention');
    expect(row(found, 'search')).toBe('may_scope');
    expect(row(found, 'read')).toBe('mayProven');
  });
});
