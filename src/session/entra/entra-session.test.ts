import type { AccountInfo, AuthenticationResult } from '@azure/msal-browser';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseConfig } from '#config/load.ts';
import { SignInRequired } from '../errors.ts';
import { entraServer } from './client.ts';
import { entraSession } from './entra-session.ts';
import type { EntraTokens } from './tokens.ts';

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
const account = { homeAccountId: 'me', username: 'me@example.org' } as AccountInfo;

beforeEach(() => {
  const page = {};
  Object.assign(page, { self: page, top: page });
  vi.stubGlobal('window', page);
});
afterEach(() => vi.unstubAllGlobals());

/** Returns a session whose token requests resolve when the test calls `answer`. */
function slowTokens() {
  const asked: { force: boolean; answer: (token: string) => void }[] = [];
  const tokens: EntraTokens = {
    account,
    scopes: [],
    ask: (force) =>
      new Promise((resolve) => {
        const answer = (accessToken: string): void =>
          resolve({ accessToken, scopes: [] as string[] } as AuthenticationResult);
        asked.push({ force, answer });
      }),
  };
  const session = entraSession(entraServer(configured!), {} as never, tokens, undefined);
  return { asked, session };
}

describe('Entra ID session', () => {
  it('shares one token request between simultaneous callers', async () => {
    const { asked, session } = slowTokens();
    const all = [session.authorization(), session.authorization()];
    expect(asked).toHaveLength(1);
    asked[0]!.answer('one');
    expect(await Promise.all(all)).toEqual(['Bearer one', 'Bearer one']);
  });

  it('requires a sign-in if the response has no access token', async () => {
    const { asked, session } = slowTokens();
    const wanted = session.authorization();
    asked[0]!.answer('');
    await expect(wanted).rejects.toBeInstanceOf(SignInRequired);
  });

  it('does not return a cached token from a renewal', async () => {
    const { asked, session } = slowTokens();
    const before = session.authorization();
    const renewed = session.renew(); // the server has refused the token in the cache
    const after = session.authorization(); // waits for the new token
    asked[0]!.answer('refused');
    expect(await before).toBe('Bearer refused');
    await vi.waitFor(() => expect(asked.map(({ force }) => force)).toEqual([false, true]));
    asked[1]!.answer('new');
    expect(await renewed).toBe(true);
    expect(await after).toBe('Bearer new');
    expect(asked).toHaveLength(2);
  });
});
