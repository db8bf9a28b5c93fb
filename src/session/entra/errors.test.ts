import { AuthError, BrowserAuthError, ClientConfigurationError } from '@azure/msal-browser';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseConfig } from '#config/load.ts';
import { entraServer } from './client.ts';
import { msalConfiguration } from './config.ts';
import { needsPerson, toLaunchError } from './errors.ts';

const [configured] = parseConfig({
  servers: [
    {
      id: 'a',
      label: 'A',
      fhirBaseUrl: 'https://fhir.example',
      auth: { type: 'entra', clientId: 'app', tenantId: 'contoso.example' },
    },
  ],
}).servers;

function page(framed: boolean): void {
  const own = {};
  Object.assign(own, { self: own, top: framed ? {} : own });
  vi.stubGlobal('window', own);
}

beforeEach(() => page(false));
afterEach(() => vi.unstubAllGlobals());

/** Error that the identity provider itself returns. */
const answered = (code: string, description: string): AuthError =>
  new AuthError(code, 'correlation', description);

describe('slow page of the identity provider', () => {
  // By default MSAL gives up after half a minute and forgets a sign-in that is still in progress.
  it('gives the user at least ten minutes to sign in', () => {
    vi.stubGlobal('location', { origin: 'https://app.example' });
    const { system } = msalConfiguration(entraServer(configured!).auth);
    expect(system?.redirectNavigationTimeout).toBeGreaterThanOrEqual(600_000);
    expect(system?.popupBridgeTimeout).toBeGreaterThanOrEqual(600_000);
  });

  it.each([
    ['failed_to_redirect', 'authority'], // the page navigated away and no page followed
    ['redirect_bridge_timeout', 'interrupted'], // the window was open for ten minutes
  ])('is not reported as a refusal (%s)', (subError, failure) => {
    expect(toLaunchError(new BrowserAuthError('timed_out', '', subError))).toMatchObject({
      failure,
    });
  });

  it('suggests a separate window if the app is in a frame', () => {
    page(true);
    const error = new BrowserAuthError('timed_out', '', 'popup_relay_timeout');
    expect(toLaunchError(error)).toMatchObject({ failure: 'framed' });
  });

  it('needs the user after a silent request', () => {
    expect(needsPerson(new BrowserAuthError('timed_out', ''))).toBe(true);
  });
});

describe('authority that MSAL cannot use', () => {
  it.each([
    'issuer_validation_failed',
    'untrusted_authority',
    'invalid_authority_metadata',
    'invalid_cloud_discovery_metadata',
  ])('%s is reported as an unreachable authority, not a refusal', (code) => {
    const error = new ClientConfigurationError(code, '');
    expect(toLaunchError(error)).toMatchObject({ failure: 'authority', code });
  });

  it('a response that is not JSON is reported as an unreachable authority', () => {
    const error = new BrowserAuthError('failed_to_parse_response', '');
    expect(toLaunchError(error)).toMatchObject({ failure: 'authority' });
  });
});

describe('code of a refusal by Microsoft', () => {
  it.each([
    ['access_denied', 'AADSTS65004: User declined to consent.', 'AADSTS65004 access_denied'],
    // Azure AD B2C: the user pressed Cancel
    ['access_denied', 'AADB2C90091: The user has cancelled entering', 'AADB2C90091 access_denied'],
    [
      'access_denied',
      'AADB2C90118: The user has forgotten their password.',
      'AADB2C90118 access_denied',
    ],
    ['invalid_grant', 'AADSTS9002313: Invalid request.', 'AADSTS9002313 invalid_grant'],
    ['access_denied', 'XAADB2C90091 and AADSTS1', 'access_denied'],
  ])("%s, %s: Microsoft's number precedes the OAuth error code", (code, description, found) => {
    expect(toLaunchError(answered(code, description))).toMatchObject({
      failure: 'denied',
      code: found,
    });
  });
});
