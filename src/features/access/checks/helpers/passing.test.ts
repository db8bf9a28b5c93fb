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

/** Puts what a title can print first: the names of check and sign-in in place of the objects. */
const named = <Rest extends readonly unknown[]>(
  ...rows: [Check, { type: string }, ...Rest][]
): [string, string, ...Rest, Check, object][] =>
  rows.map(([check, auth, ...rest]) => [check.id, auth.type, ...rest, check, auth]);

describe('finding for an HTTP status', () => {
  it.each(
    named(
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
    ),
  )('%s, sign-in %s: %i', async (_, _type, code, expected, check, auth) => {
    expect(await finding(check, auth, status(code))).toBe(expected);
  });
});

describe('hidden response', () => {
  it.each([
    ['SMART', SMART, /^bad \| unreachable \d+ \| unreachableMeans .* \| unreachableMend/],
    ['open', OPEN, /^info \| unreachable \d+ \| unreachableMeans .* \| -$/],
  ])('does not mean that SMART is disabled, sign-in %s', async (_, auth, expected) => {
    expect(await finding(smart, auth, hidden)).toMatch(expected);
  });
});

describe('metadata endpoints', () => {
  const ISSUER = { issuer: 'https://login.microsoftonline.com/t/v2.0' };
  const BOTH = 'authorization_endpoint and token_endpoint';

  it.each(
    named(
      [smart, SMART, {}, `bad | providerLacks ${BOTH} | providerLacksMeans`],
      [smart, ENTRA, {}, `info | providerLacks ${BOTH} | smartNoneMeans`],
      [provider, SMART, {}, `bad | providerLacks ${BOTH} | providerLacksMeans`],
      [provider, ENTRA, ISSUER, `bad | providerLacks ${BOTH} | providerLacksMeans`],
    ),
  )('%s, sign-in %s: missing endpoints', async (_, _type, body, expected, check, auth) => {
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
