import { describe, expect, it } from 'vitest';
import { LaunchError } from '#session/errors.ts';
import { adviceFor } from './advice.ts';

const happened = (code: string, legacyAzureProxy?: boolean): string =>
  adviceFor(new LaunchError('token-response', 'refused', { code, legacyAzureProxy })).happened;

describe('advice for a failed sign-in', () => {
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
    // A number without its own advice leaves the choice to the OAuth code; otherwise the number
    // wins.
    ['AADSTS28003 invalid_scope', 'scopeRefused'],
    ['AADSTS90033 temporarily_unavailable', 'serverBusy'],
    ['AADSTS65004 access_denied', 'consentDeclined'],
    ['AADSTS50011 invalid_client', 'redirectUri'],
    ['AADSTS650053 invalid_client', 'scopeRefused'],
    ['AADSTS650052 invalid_client', 'resourceUnknown'],
    ['AADSTS530032 access_denied', 'conditionalAccess'],
    ['AADSTS500113 invalid_request', 'redirectUri'],
    ['AADSTS7000112 unauthorized_client', 'appDisabled'],
  ])('follows the code %s, or the failure if the code has no advice: %s', (code, expected) => {
    expect(happened(code)).toBe(expected);
  });

  it.each([
    ['AADSTS7000218', 'wrongPlatform', 'proxyPlatform'],
    ['AADSTS9002326', 'wrongPlatform', 'proxyPlatform'],
    ['AADSTS9002327', 'wrongPlatform', 'proxyPlatform'],
    ['AADSTS9002325', 'proxyPlatform', 'proxyPlatform'],
    ['invalid_client', 'clientRefused', 'clientRefused'],
  ])("%s never recommends the app's own platform to a proxied server", (code, direct, proxied) => {
    expect(happened(code, false)).toBe(direct);
    expect(happened(code, true)).toBe(proxied);
  });
});
