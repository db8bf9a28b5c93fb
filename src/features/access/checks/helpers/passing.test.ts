import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Check } from '../../check.ts';
import { metadata } from '../metadata.ts';
import { provider } from '../provider.ts';
import { smart } from '../smart.ts';
import { ENTRA, envOf, hidden, SMART, stubNetwork } from './check-fixture.ts';

const OPEN = { type: 'open' };

async function finding(check: Check, auth: object, answer: () => Response): Promise<string> {
  stubNetwork(answer);
  const { verdict, came, means, mend = '-' } = await check.run(envOf(auth));
  return [verdict, came, means, mend].join(' | ');
}

const status = (code: number) => (): Response => new Response('busy', { status: code });
const json = (body: object) => (): Response => new Response(JSON.stringify(body));

afterEach(() => vi.unstubAllGlobals());

describe('finding for an HTTP status', () => {
  it.each([
    [metadata, OPEN, 429, 'attention | metadataServer 429 | trouble429Cause | trouble429Mend'],
    [metadata, OPEN, 503, 'bad | metadataServer 503 | metadataServerMeans | metadataServerMend'],
    [provider, SMART, 503, 'bad | providerStatus 503 | metadataServerMeans | metadataServerMend'],
    [provider, SMART, 403, 'bad | providerStatus 403 | statusOtherMeans | healthBadMend'],
    [provider, SMART, 404, 'bad | providerStatus 404 | smartNoneMeans | smartNoneMend'],
    [provider, ENTRA, 503, 'bad | providerStatus 503 | metadataServerMeans | metadataServerMend'],
    [provider, ENTRA, 429, 'attention | providerStatus 429 | trouble429Cause | trouble429Mend'],
    [provider, ENTRA, 400, 'bad | providerStatus 400 | providerStatusMeans | providerStatusMend'],
    [provider, ENTRA, 403, 'bad | providerStatus 403 | statusOtherMeans | healthBadMend'],
    [smart, SMART, 503, 'bad | smartNone 503 | metadataServerMeans | metadataServerMend'],
    [smart, SMART, 401, 'bad | smartNone 401 | statusOtherMeans | healthBadMend'],
    [smart, SMART, 501, 'bad | smartNone 501 | smartNoneNeeded | smartNoneMend'],
    [smart, OPEN, 503, 'info | smartNone 503 | metadataServerMeans | -'],
    [smart, OPEN, 404, 'info | smartNone 404 | smartNoneMeans | -'],
  ])('%o with %o: %i', async (check, auth, code, expected) => {
    expect(await finding(check, auth, status(code))).toBe(expected);
  });
});

describe('hidden response', () => {
  it.each([
    [SMART, /^bad \| unreachable \d+ \| unreachableMeans .* \| unreachableMend/],
    [OPEN, /^info \| unreachable \d+ \| unreachableMeans .* \| -$/],
  ])('does not mean that SMART is disabled: %o', async (auth, expected) => {
    expect(await finding(smart, auth, hidden)).toMatch(expected);
  });
});

describe('metadata endpoints', () => {
  const ISSUER = { issuer: 'https://login.microsoftonline.com/t/v2.0' };
  const BOTH = 'authorization_endpoint and token_endpoint';

  it.each([
    [smart, SMART, {}, `bad | providerLacks ${BOTH} | providerLacksMeans`],
    [smart, ENTRA, {}, `info | providerLacks ${BOTH} | smartNoneMeans`],
    [provider, SMART, {}, `bad | providerLacks ${BOTH} | providerLacksMeans`],
    [provider, ENTRA, ISSUER, `bad | providerLacks ${BOTH} | providerLacksMeans`],
  ])('%o with %o reports missing endpoints', async (check, auth, body, expected) => {
    expect(await finding(check, auth, json(body))).toContain(expected);
  });

  const smartOf = (token_endpoint: string) => ({
    authorization_endpoint: '/auth/authorize',
    token_endpoint,
    code_challenge_methods_supported: ['S256'],
  });

  it.each([
    ['auth/token', 'good | providerOk'],
    ['https://elsewhere.example/token', 'providerEndpointMeans https://elsewhere.example'],
    ['javascript:alert(1)', 'providerEndpointMeans javascript:'],
  ])('of SMART are resolved against the FHIR base: %s', async (token, expected) => {
    expect(await finding(provider, SMART, json(smartOf(token)))).toContain(expected);
  });
});
