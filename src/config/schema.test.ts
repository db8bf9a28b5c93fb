import { describe, expect, it } from 'vitest';
import { ConfigError } from '#lib/app-error.ts';
import { parseConfig } from './load.ts';
import { jsonDefinitions, publicJson } from './schema-fixture.ts';

const open = { id: 'a', label: 'A', fhirBaseUrl: 'https://a.example/r4', auth: { type: 'open' } };
const issuer = { iss: 'https://e.example/r4', label: 'E', clientId: 'c' };

const withEntra = (auth: object): unknown => ({
  servers: [
    {
      ...open,
      auth: {
        type: 'entra',
        clientId: 'c',
        ...('authority' in auth || 'tenantId' in auth ? {} : { tenantId: 't' }),
        ...auth,
      },
    },
  ],
});
const withAuthority = (host: string): unknown => withEntra({ knownAuthorities: [host] });

/** Returns a pattern of the JSON Schema for editors. */
const patternOf = (name: string): RegExp =>
  new RegExp(String(jsonDefinitions[name]?.['pattern']), 'u');

/** Returns the paths of all problems. */
function problems(value: unknown): string[] {
  try {
    parseConfig(value);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((p) => p.path);
  }
}

describe('parseConfig', () => {
  it('accepts the example', () => {
    const config = parseConfig(publicJson('config.example.json'));
    expect(config.servers[0]?.auth).toMatchObject({ protocolMode: 'AAD', interaction: 'redirect' });
    expect(config.embedding.frameAncestors).toEqual(['https://ehr.example']);
  });

  it('fills in safe defaults and removes trailing slashes', () => {
    expect(parseConfig({ servers: [{ ...open, fhirBaseUrl: 'https://a.example/r4//' }] })).toEqual({
      appName: 'Patient Browser',
      servers: [
        {
          ...open,
          requests: {
            auditHeaders: {},
            strictSearch: false,
            conditionalCreate: false,
            timeoutSeconds: 60,
            searchMethod: 'get',
          },
        },
      ],
      smartLaunch: { issuers: [] },
      embedding: { frameAncestors: [] },
      idleTimeoutMinutes: 15,
    });
  });

  it.each<[string, unknown, string[]]>([
    ['nothing at all', {}, ['config.json']],
    ['another type', [], ['config.json']],
    ['an unknown field', { servers: [open], apName: 'x' }, ['apName']],
    [
      'a missing client id',
      { servers: [{ ...open, auth: { type: 'entra' } }] },
      ['servers[0].auth.clientId'],
    ],
    [
      'an unknown kind',
      { servers: [{ ...open, auth: { type: 'basic' } }] },
      ['servers[0].auth.type'],
    ],
    [
      'plain http',
      { servers: [{ ...open, fhirBaseUrl: 'http://a.example' }] },
      ['servers[0].fhirBaseUrl'],
    ],
    [
      'a password in the address',
      { servers: [{ ...open, fhirBaseUrl: 'https://u:p@a.example' }] },
      ['servers[0].fhirBaseUrl'],
    ],
    ['the same id twice', { servers: [open, { ...open, label: 'B' }] }, ['servers[1].id']],
    [
      'a scope of everything',
      { smartLaunch: { issuers: [{ ...issuer, scope: 'launch *' }] } },
      ['smartLaunch.issuers[0].scope'],
    ],
    [
      'a frame ancestor with a path',
      { servers: [open], embedding: { frameAncestors: ['https://e.example/'] } },
      ['embedding.frameAncestors[0]'],
    ],
    [
      'a wildcard frame ancestor',
      { servers: [open], embedding: { frameAncestors: ['*'] } },
      ['embedding.frameAncestors[0]'],
    ],
    [
      'a wildcard origin of the picker',
      { servers: [open], picker: { origins: ['*'] } },
      ['picker.origins[0]'],
    ],
    [
      'an idle time of a day',
      { servers: [open], idleTimeoutMinutes: 1440 },
      ['idleTimeoutMinutes'],
    ],
    [
      'several faults',
      { servers: [{ ...open, id: 'a b', label: '' }] },
      ['servers[0].id', 'servers[0].label'],
    ],
  ])('reports the path of %s', (_what, value, paths) => {
    expect(problems(value)).toEqual(paths);
  });

  // Browsers accept each of these as a URL, or nearly, but with another meaning.
  it.each([
    'https:a.example/r4',
    'https:\\\\a.example\\r4',
    'https://a.example/r4?',
    'https://a.example/r4#',
    'https://a.example/r 4',
    'https://a.exa\tmple/r4',
    'https://*.a.example',
    'https://a.example;script-src',
    "https://'self'",
    'https://a.example:port',
    'http://localhost.a.example',
    'ftp://a.example',
  ])('refuses %j, like the JSON Schema for editors', (url) => {
    expect(problems({ servers: [{ ...open, fhirBaseUrl: url }] })).toHaveLength(1);
    expect(patternOf('secureUrl').test(url)).toBe(false);
    expect(problems({ servers: [open], embedding: { frameAncestors: [url] } })).toHaveLength(1);
    expect(patternOf('secureOrigin').test(url)).toBe(false);
  });

  it.each(['idp.example', 'idp.example:8443', 'https://idp.example'])(
    'accepts the known authority %s',
    (host) => expect(problems(withAuthority(host))).toEqual([]),
  );
  it.each([
    'idp.example:99999',
    '*',
    '*.idp.example',
    'idp.example;x',
    'idp.example/x',
    "'self'",
    'a b',
  ])('refuses the known authority %j', (host) =>
    expect(problems(withAuthority(host))).toHaveLength(1),
  );

  it('reports a list instead of an object once, without its fields', () => {
    expect(problems([open])).toEqual(['config.json']);
    expect(problems({ servers: [[open]] })).toEqual(['servers[0]']);
  });

  // The schema once accepted each of these, but the sign-in failed.
  const TENANT = '11111111-2222-3333-4444-555555555555';
  it.each<[string, object, string[]]>([
    [
      'an authority and a tenant',
      { authority: 'https://login.microsoftonline.com/other', tenantId: TENANT },
      [''],
    ],
    ...[`https://login.microsoftonline.com/${TENANT}`, `${TENANT}/v2.0`, '<tenant>'].map(
      (tenantId): [string, object, string[]] => [tenantId, { tenantId }, ['.tenantId']],
    ),
    ['neither an authority nor a tenant', { tenantId: undefined }, ['']],
    ['scopes in one text', { scopes: ['https://f/x offline_access'] }, ['.scopes[0]']],
    ['no scope', { scopes: [] }, ['.scopes']],
  ])('refuses an Entra ID configuration with %s', (_what, auth, paths) => {
    expect(problems(withEntra(auth))).toEqual(paths.map((path) => `servers[0].auth${path}`));
  });
  it.each([TENANT, 'contoso.onmicrosoft.com', 'organizations'])(
    'accepts the tenant %s',
    (tenantId) => expect(problems(withEntra({ tenantId }))).toEqual([]),
  );

  it.each(['http://localhost:5181/fhir', 'http://127.0.0.1/fhir', 'http://[::1]:80/fhir'])(
    'allows http on the local machine: %s',
    (fhirBaseUrl) => {
      expect(problems({ servers: [{ ...open, fhirBaseUrl }] })).toEqual([]);
      expect(patternOf('secureUrl').test(fhirBaseUrl)).toBe(true);
    },
  );
});

describe('name of an audit header', () => {
  const check = (name: string): string[] =>
    problems({ servers: [{ ...open, requests: { auditHeaders: { [name]: 'Ward 3' } } }] });
  const { properties } = jsonDefinitions['requests'] as {
    properties: { auditHeaders: { propertyNames: { pattern: string } } };
  };
  const pattern = new RegExp(properties.auditHeaders.propertyNames.pattern, 'u');

  it.each(['USERLOCATION', 'site-2', 'X-MS'])('may be %s', (name) => {
    expect(check(name)).toEqual([]);
    expect(name).toMatch(pattern);
  });

  it.each(['X-MS-AZUREFHIR-AUDIT-USERLOCATION', 'x-ms-azurefhir-audit', 'a b', ''])(
    'is refused with its prefix or a special character: %j',
    (name) => {
      expect(check(name)).toEqual([`servers[0].requests.auditHeaders.${name}`]);
      expect(name).not.toMatch(pattern);
    },
  );
});
