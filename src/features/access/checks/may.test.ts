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
  /** Request options in the configuration of the server. */
  readonly requests?: Partial<ServerConfig['requests']>;
  /** Request headers that the server's CORS settings do not allow. */
  readonly barred?: readonly string[];
}

/** Runs the check against a server with these responses. */
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
/** Response of Microsoft's servers to a token with scopes of both versions of SMART. */
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

describe('a server that requires search criteria', () => {
  it.each([
    [401, 'login', 'trouble401Cause'],
    [403, 'forbidden', 'mayForbiddenMeans'],
    [500, 'exception', 'metadataServerMeans'],
  ])(
    'is reported as bad if it refuses the launched patient with %i',
    async (status, code, means) => {
      const read = refusal(status, code);
      const found = await finding({ search: WANTS_MORE, read, session: launched });
      expect(said(found)).toBe(`bad | mayProbe read ${status} | ${means}`);
      expect(row(found, 'read')).toBe('mayUnknown');
    },
  );

  it('is reported as good if it returns the launched patient', async () => {
    const found = await finding({ search: WANTS_MORE, session: launched });
    expect(said(found)).toBe('good | mayAll | mayAllMeans');
    expect(row(found, 'read')).toBe('mayProven');
    expect(row(found, 'search')).toBe('mayUntried');
  });

  it('leaves everything untried without a launched patient', async () => {
    const found = await finding({ search: WANTS_MORE });
    expect([row(found, 'search'), row(found, 'read')]).toEqual(['mayUntried', 'mayUntried']);
  });
});

describe('a 400 that does not ask for search criteria', () => {
  it.each([
    ['to everything', { search: MIXED, read: MIXED }, 'mayUnknown'],
    ['to searches', { search: MIXED, session: launched }, 'mayProven'],
  ])("%s is a refusal with the server's message", async (_name, server, read) => {
    const found = await finding(server);
    expect(said(found)).toBe('bad | mayProbe search 400 | mayOtherMeans');
    expect([row(found, 'search'), row(found, 'read')]).toEqual(['mayUnknown', read]);
    expect(found.facts?.[0]).toEqual({
      label: 'mayWords',
      value: 'SMART v1 and v2 scopes are mixed.',
      personal: true,
    });
  });

  it('is a refusal if it asks for a claim of the token', async () => {
    const wants = {
      severity: 'error',
      code: 'invalid',
      diagnostics: 'A fhirUser claim is required.',
    };
    const search = (): Response => json({ resourceType: 'OperationOutcome', issue: [wants] }, 400);
    expect(said(await finding({ search }))).toMatch(/^bad \| mayProbe search 400/);
  });
});

describe('may check after a failed read', () => {
  it('blames the token if the session gets no new one', async () => {
    const authorization = () => Promise.reject(new LaunchError('network', 'no answer'));
    const found = await finding({ session: { authorization } });
    expect(said(found)).toBe('bad | mayNoToken | mayRenewMeans');
    expect(found.explains).toBeUndefined();
  });

  it('reports a 429 response as bad', async () => {
    const found = await finding({ search: refusal(429, 'throttled') });
    expect(said(found)).toBe('bad | mayProbe search 429 | trouble429Cause');
  });

  it('reports a response that is not FHIR', async () => {
    const found = await finding({ search: () => new Response('<html>') });
    expect(said(found)).toBe('bad | mayProbe search 200 | mayNotFhirMeans');
  });

  it('reports the offline state and not a refusal', async () => {
    const found = await finding({
      search: () => {
        vi.stubGlobal('navigator', { onLine: false });
        return hidden();
      },
    });
    expect(said(found)).toBe('bad | mayProbeNone search | offlineMeans');
  });

  it('reports a refusal without CORS headers', async () => {
    const found = await finding({ search: hidden });
    expect(said(found)).toBe('bad | mayProbeNone search | mayBareMeans');
    expect(found.explains).toEqual(['trouble401']);
  });

  const audited = { auditHeaders: { WARD: 'Ward 3' } };
  const WARD = 'X-MS-AZUREFHIR-AUDIT-WARD';

  it.each([
    ['an audit header', audited, WARD, ENTRA],
    ['Prefer, which a strict search has', { strictSearch: true }, 'Prefer', { type: 'open' }],
  ])('blames CORS and not the token for %s', async (_name, requests, name, auth) => {
    const found = await finding({ requests, barred: [name], auth });
    expect(said(found)).toBe(`bad | mayProbeNone search | mayHeaderMeans ${name}`);
    expect(found.mend).toMatch(/^corsBadMend/);
    expect(found.explains).toEqual(['troubleCors']);
  });

  it('does not blame a header that CORS allows', async () => {
    const found = await finding({ requests: audited, search: hidden, auth: ENTRA });
    expect(said(found)).toBe('bad | mayProbeNone search | mayBareMeans');
  });

  it('does not blame the Prefer header for a read, because only searches send it', async () => {
    const requests = { strictSearch: true };
    const found = await finding({ requests, barred: ['Prefer'], read: hidden, session: launched });
    expect(said(found)).toBe('bad | mayProbeNone read | mayBareMeans');
  });

  it('blames CORS for an open server, which needs no token', async () => {
    const found = await finding({ search: hidden, auth: { type: 'open' } });
    expect(said(found)).toBe('bad | mayProbeNone search | mayOpenBareMeans');
    expect(found.explains).toEqual(['troubleCors']);
  });
});

describe('a 403 response', () => {
  const search = refusal(403, 'forbidden');

  it('with missing scopes blames the scopes for every kind of server', async () => {
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
  ])('of %s refers to Azure roles only if they may apply', async (_name, auth, mend) => {
    expect((await finding({ search, auth })).mend).toBe(mend);
  });

  it('is avoided if the launch scopes do not include searches', async () => {
    const session = { ...launched, scopes: ['patient/Patient.r'] };
    const found = await finding({ search, session });
    expect(found.verdict).toBe('attention');
    expect(row(found, 'search')).toBe('may_scope');
    expect(row(found, 'read')).toBe('mayProven');
  });
});
