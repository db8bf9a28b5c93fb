import { describe, expect, it } from 'vitest';
import { LaunchError } from '#session/errors.ts';
import { adviceFor } from './advice.ts';

const happened = (code: string, legacyAzureProxy?: boolean): string =>
  adviceFor(new LaunchError('token-response', 'refused', { code, legacyAzureProxy })).happened;

describe('what is said of a failed sign-in', () => {
  it.each([
    ['AADSTS65004', 'consentDeclined'],
    ['AADSTS700016', 'appUnknown'],
    ['AADSTS50194 invalid_request', 'oneTenant'],
    ['invalid_client', 'clientRefused'],
    ['invalid_scope', 'scopeRefused'],
    ['temporarily_unavailable', 'serverBusy'],
    ['invalid_grant', 'token-response'],
    ['HTTP 500', 'token-response'],
    ['toString', 'token-response'],
    // A number that says no more leaves it to the word beside it, and wins where it does.
    ['AADSTS28003 invalid_scope', 'scopeRefused'],
    ['AADSTS90033 temporarily_unavailable', 'serverBusy'],
    ['AADSTS65004 access_denied', 'consentDeclined'],
    ['AADSTS50011 invalid_client', 'redirectUri'],
    ['AADSTS650053 invalid_client', 'scopeRefused'],
  ])('goes by the code %s, and by the failure where that says no more', (code, expected) => {
    expect(happened(code)).toBe(expected);
  });

  it.each([
    ['AADSTS7000218', 'wrongPlatform', 'proxyPlatform'],
    ['AADSTS9002326', 'wrongPlatform', 'proxyPlatform'],
    ['AADSTS9002327', 'wrongPlatform', 'proxyPlatform'],
    ['AADSTS9002325', 'proxyPlatform', 'proxyPlatform'],
    ['invalid_client', 'clientRefused', 'clientRefused'],
  ])('%s: the platform of the app is never advised for the proxy', (code, direct, proxied) => {
    expect(happened(code, false)).toBe(direct);
    expect(happened(code, true)).toBe(proxied);
  });
});
