import { describe, expect, it } from 'vitest';
import { parseConfig } from '#config/load.ts';
import type { TokenReport } from '#session/session.ts';
import type { CheckEnv } from '../check.ts';
import { tokenProblem } from './token.ts';

const API = '11111111-2222-3333-4444-555555555555';
const FHIR = 'https://contoso-fhir.fhir.azurehealthcareapis.com';

const APP = { type: 'entra', clientId: 'app' };
const ENTRA = { ...APP, tenantId: 'contoso.example' };
const OIDC = { ...APP, authority: 'https://sso.example/realms/clinic', protocolMode: 'OIDC' };
const SMART = { type: 'smart', clientId: 'app' };

/** Returns the verdict for a token of a server with these scopes. */
function problem(
  scopes: readonly string[] | undefined,
  claims: Record<string, unknown>,
  auth: object = ENTRA,
) {
  const config = parseConfig({
    servers: [
      { id: 'a', label: 'A', fhirBaseUrl: FHIR, auth: { ...auth, ...(scopes && { scopes }) } },
    ],
  });
  const [server] = config.servers;
  if (!server) throw new Error('no server');
  const env = {
    t: ((id: string) => id) as CheckEnv['t'],
    locale: 'en',
    session: undefined,
    config,
  };
  const report: TokenReport = {
    format: 'jwt',
    header: {},
    claims: { scp: 'user_impersonation', ...claims },
    expiresAt: undefined,
    hasRefreshToken: true,
    scopesAsked: scopes,
  };
  const found = tokenProblem(env, server, report, Date.now());
  return found && `${found.verdict} ${found.came}`;
}

describe('token check of the audience', () => {
  it.each([
    ['the service itself', undefined, { aud: FHIR }, undefined],
    ['the service with a slash', undefined, { aud: `${FHIR}/` }, undefined],
    ['of another service', undefined, { aud: 'https://another.example' }, 'bad tokenAud'],
    [
      'the resource of a .default scope',
      ['https://fhir.example/.default'],
      { aud: 'https://fhir.example' },
      undefined,
    ],
    [
      'the resource of a SMART scope that follows a sign-in scope',
      ['openid', 'https://fhir.example/user.Patient.rs'],
      { aud: 'https://fhir.example' },
      undefined,
    ],
    [
      'the URI of the API in a version 1 token',
      [`api://${API}/x`],
      { aud: `api://${API}`, ver: '1.0' },
      undefined,
    ],
    [
      'the GUID of the API in a version 2 token',
      [`api://${API}/x`],
      { aud: API, ver: '2.0' },
      undefined,
    ],
    [
      'the GUID of another API in a version 2 token',
      [`api://${API}/x`],
      { aud: API.replace('1', '9'), ver: '2.0' },
      'bad tokenAud',
    ],
    // A version 2 token names the API by its GUID, so the check cannot compare it with the URI.
    [
      'a GUID in a version 2 token of an API with a custom URI',
      ['https://fhir.example/x'],
      { aud: API, ver: '2.0' },
      'attention tokenAud',
    ],
  ])('judges an audience: %s', (_name, scopes, claims, expected) => {
    expect(problem(scopes, claims)).toBe(expected);
  });
});

describe('token check of an audience that it cannot know', () => {
  it.each([
    // Keycloak's default audience, and SMART scopes.
    [
      'an OpenID Connect token with the default audience of Keycloak',
      ['openid', 'user/Patient.read'],
      { aud: 'account' },
      OIDC,
      'info tokenAud',
    ],
    [
      'an OpenID Connect token with several audiences',
      ['fhir'],
      { aud: ['x', 'account'] },
      OIDC,
      'info tokenAud',
    ],
    [
      'an OpenID Connect token without permissions',
      ['openid'],
      { aud: FHIR, scp: undefined },
      OIDC,
      undefined,
    ],
    [
      'a SMART token for another address',
      undefined,
      { aud: 'https://another.example' },
      SMART,
      'info tokenAud',
    ],
    ['a SMART token for the FHIR base URL', undefined, { aud: `${FHIR}/` }, SMART, undefined],
    ['a pasted token', undefined, { aud: 'account' }, { type: 'token' }, 'attention tokenAud'],
    [
      'an Entra ID token requested with a SMART scope',
      ['user/Patient.rs'],
      { aud: FHIR },
      ENTRA,
      undefined,
    ],
    [
      'an Entra ID token requested with the GUID of the API',
      [`${API}/.default`],
      { aud: API, ver: '2.0' },
      ENTRA,
      undefined,
    ],
  ])('does not report an error for %s', (_name, scopes, claims, auth, expected) => {
    expect(problem(scopes, claims, auth)).toBe(expected);
  });
});

describe("token check of scopes that Microsoft's servers refuse together", () => {
  const of = (scope: string, auth: object, name = 'scp') =>
    problem(undefined, { aud: FHIR, scp: 'user_impersonation', [name]: scope }, auth);

  it.each([
    ['both versions', 'user/Patient.read user/Patient.rs', 'tokenMixedVersions'],
    [
      'SMART v1 and v2 scopes in Entra ID spelling',
      'user.Patient.read user.all.rs',
      'tokenMixedVersions',
    ],
    ['a patient and a user', 'patient/*.rs user/Practitioner.rs launch', 'tokenMixedContexts'],
  ])('reports %s', (_name, scope, came) => {
    expect(of(scope, ENTRA)).toBe(`attention ${came}`);
    // Another server may accept them together.
    expect(of(scope, SMART, 'scope')).toBe(`info ${came}`);
    expect(of(scope, SMART, 'raw_scope')).toBe(`info ${came}`);
  });

  it('reports other problems first if another server may accept them', () => {
    const claims = { aud: 'https://another.example', scope: 'user/Patient.read user/Patient.rs' };
    expect(problem(undefined, claims, SMART)).toBe('info tokenAud');
  });

  it.each([
    'openid launch user_impersonation',
    'user/Patient.rs user/*.cruds',
    'user/Patient.rs?birthdate=2000-01-01 user/Patient.s',
    'patient/*.read patient/Patient.write patient/Observation.*',
  ])('accepts %s', (scope) => expect(of(scope, ENTRA)).toBeUndefined());
});

describe('token check of a token that is not valid yet', () => {
  const inMinutes = (minutes: number) => ({ aud: FHIR, nbf: Date.now() / 1000 + minutes * 60 });

  it.each([
    ['Entra ID', ENTRA],
    ['OpenID Connect', OIDC],
    ['SMART', SMART],
  ])('tolerates five minutes of clock difference: %s', (_, auth) => {
    expect(problem(undefined, inMinutes(120), auth)).toBe('bad tokenEarly');
    expect(problem(undefined, inMinutes(4), auth)).toBeUndefined();
  });
});
