import { describe, expect, it } from 'vitest';
import { cacheControl, contentSecurityPolicy, isPage, securityHeaders } from './hosting.ts';
import { parseConfig } from './load.ts';

const config = parseConfig({
  servers: [
    {
      id: 'ahds',
      label: 'AHDS',
      fhirBaseUrl: 'https://fhir.example/base/',
      auth: { type: 'entra', clientId: 'c', tenantId: 't' },
    },
    {
      id: 'ehr',
      label: 'EHR',
      fhirBaseUrl: 'https://ehr.example/fhir',
      auth: { type: 'smart', clientId: 'c', endpointOrigins: ['https://login.ehr.example'] },
    },
  ],
  smartLaunch: {
    issuers: [{ iss: 'https://other.example/r4', label: 'Other', clientId: 'c' }],
  },
  embedding: { frameAncestors: ['https://portal.ehr.example'] },
});

const directives = (page: 'app' | 'redirect'): Record<string, string> =>
  Object.fromEntries(
    contentSecurityPolicy(config, page, [])
      .split('; ')
      .map((text) => {
        const [name = '', ...values] = text.split(' ');
        return [name, values.join(' ')];
      }),
  );

describe('content security policy', () => {
  it('allows exactly the origins of the configuration', () => {
    expect(directives('app')).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self' data: blob:",
      'font-src': "'self'",
      'connect-src':
        "'self' https://fhir.example https://ehr.example https://login.ehr.example https://other.example https://login.microsoftonline.com",
      'frame-src': "'self' https://login.microsoftonline.com",
      'base-uri': "'none'",
      'form-action': "'none'",
      'object-src': "'none'",
      'manifest-src': "'self'",
      'frame-ancestors': "'self' https://portal.ehr.example",
      'require-trusted-types-for': "'script'",
      'trusted-types': "'none'",
    });
  });

  it('allows the host that MSAL prefers for a cloud with several hosts', () => {
    const authority = 'https://login.windows.net/contoso';
    const auth = { type: 'entra', clientId: 'c', authority };
    const server = { id: 'a', label: 'A', fhirBaseUrl: 'https://fhir.example', auth };
    const policy = contentSecurityPolicy(parseConfig({ servers: [server] }), 'app', []);
    expect(policy).toContain(
      "connect-src 'self' https://fhir.example https://login.windows.net https://login.microsoftonline.com;",
    );
  });

  it('is stricter for the redirect page', () => {
    expect(directives('redirect')).toMatchObject({
      'img-src': "'none'",
      'connect-src': "'none'",
      'frame-src': "'none'",
      'frame-ancestors': "'self'",
    });
  });

  it('contains no unsafe keyword and no wildcard', () => {
    for (const page of ['app', 'redirect'] as const) {
      expect(contentSecurityPolicy(config, page, [])).not.toMatch(/unsafe|\*|https:(?!\/\/)/);
    }
  });
});

describe('response headers', () => {
  it('include COOP except on the redirect page, and HSTS only on https', () => {
    const app = securityHeaders(config, { page: 'app', https: true, inline: [] });
    expect(app['Cross-Origin-Opener-Policy']).toBe('same-origin');
    expect(app['Strict-Transport-Security']).toContain('max-age=31536000');
    expect(app['Referrer-Policy']).toBe('no-referrer');
    const redirect = securityHeaders(config, { page: 'redirect', https: false, inline: [] });
    expect(redirect).not.toHaveProperty('Cross-Origin-Opener-Policy');
    expect(redirect).not.toHaveProperty('Strict-Transport-Security');
  });

  it('keep the opener if a picker is configured', () => {
    const picker = { origins: ['https://program.example'] };
    const app = securityHeaders({ ...config, picker }, { page: 'app', https: true, inline: [] });
    expect(app['Cross-Origin-Opener-Policy']).toBe('unsafe-none');
    const none = securityHeaders(
      { ...config, picker: { origins: [] } },
      { page: 'app', https: true, inline: [] },
    );
    expect(none['Cross-Origin-Opener-Policy']).toBe('same-origin');
  });

  it.each([
    ['/', 'no-store'],
    ['/patients/abc', 'no-store'],
    ['/patients/1.2.3', 'no-store'],
    ['/redirect.html', 'no-store'],
    ['/config.json', 'no-cache'],
    ['/favicon.svg', 'no-cache'],
    ['/assets/index-a1.js', 'public, max-age=31536000, immutable'],
  ])('cache %s: %s', (path, expected) => expect(cacheControl(path)).toBe(expected));
});

describe('pages of the app', () => {
  it.each(['/', '/launch', '/patients/1.2.3', '/patients/a/versions/2', '/a/b/'])(
    'include %s',
    (path) => expect(isPage(path)).toBe(true),
  );
  it.each(['/favicon.svg', '/redirect.html', '/assets/x-1.js', '/assets/', '/assets/x'])(
    'do not include %s',
    (path) => expect(isPage(path)).toBe(false),
  );
});

it('the content security policy allows inline scripts by hash on app pages only', () => {
  const inline = ["'sha256-abc='"];
  expect(contentSecurityPolicy(config, 'app', inline)).toContain(
    "script-src 'self' 'sha256-abc=';",
  );
  expect(contentSecurityPolicy(config, 'redirect', inline)).toContain("script-src 'self';");
});
