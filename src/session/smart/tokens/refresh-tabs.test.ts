import type Client from 'fhirclient/lib/Client';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetEverything } from '../../tab-storage/storage.ts';
import { refresher, renewedScopes } from './refresh.ts';
import type { Tokens } from './tokens.ts';

const others: Tokens[] = [];
let turn: <T>(work: () => Promise<T>) => Promise<T> = (work) => work();
vi.mock('../../tab-storage/shared-tokens.ts', () => ({
  shareTokens: () => ({
    inTurn: <T>(work: () => Promise<T>) => turn(work),
    newer: () => Promise.resolve(others.shift()),
  }),
}));

const NOW = Math.floor(Date.now() / 1000);
const tokens = (renewals: number, expiresAt?: number): Tokens => ({
  accessToken: `access ${renewals}`,
  refreshToken: `refresh ${renewals}`,
  expiresAt,
  scopes: undefined,
  renewals,
});

beforeEach(() => {
  forgetEverything();
  others.length = 0;
  turn = (work) => work();
});

describe('requirement 39: token renewal with several tabs', () => {
  it('never sends a refresh token that a third tab has used', async () => {
    const sent: unknown[] = [];
    const client = {
      state: { tokenResponse: { access_token: 'access 0', refresh_token: 'refresh 0' } },
      refresh() {
        sent.push(this.state.tokenResponse.refresh_token);
        return Promise.resolve();
      },
    };
    const renew = refresher(client as unknown as Client, undefined, () => false);
    // The first tab to answer is not the one that renewed last.
    others.push(tokens(1, NOW - 60), tokens(2, NOW + 60));
    expect(await renew()).toBe('renewed');
    expect(client.state.tokenResponse.access_token).toBe('access 2');
    expect(sent).toEqual([]);
    others.push(tokens(3, NOW - 60), tokens(4, NOW - 60));
    await renew();
    expect(sent).toEqual(['refresh 4']);
  });

  it('renews no token of unknown expiry that another tab has just renewed', async () => {
    const sent: unknown[] = [];
    const client = {
      state: { tokenResponse: { access_token: 'access 0', refresh_token: 'refresh 0' } },
      refresh() {
        sent.push(this.state.tokenResponse.refresh_token);
        return Promise.resolve();
      },
    };
    const renew = refresher(client as unknown as Client, undefined, () => false);
    others.push(tokens(1), tokens(2));
    expect(await renew()).toBe('renewed');
    expect(client.state.tokenResponse.access_token).toBe('access 2');
    expect(sent).toEqual([]);
    // No tab has a newer one: if the server refuses this one, it has to be renewed.
    await renew();
    expect(sent).toEqual(['refresh 2']);
  });

  it('takes over the scopes that another tab was granted', async () => {
    const client = { state: {} } as unknown as Client;
    others.push({ ...tokens(1, NOW + 60), scopes: ['user/Patient.r'] });
    await refresher(client, undefined, () => false)();
    expect(renewedScopes(client)).toEqual(['user/Patient.r']);
  });

  it('returns unreachable if another tab does not release the lock', async () => {
    const refresh = vi.fn<() => Promise<void>>();
    const client = { state: {}, refresh } as unknown as Client;
    turn = () => Promise.reject(new DOMException('', 'TimeoutError'));
    expect(await refresher(client, undefined, () => false)()).toBe('unreachable');
    expect(refresh).not.toHaveBeenCalled();
  });
});
