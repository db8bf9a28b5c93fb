import type Client from 'fhirclient/lib/Client';
import type HttpError from 'fhirclient/lib/HttpError';
import type { fhirclient } from 'fhirclient/lib/types';
import { shareTokens, type ShareSecret } from '../../tab-storage/shared-tokens.ts';
import { dropState, keepState } from '../fhirclient.ts';
import { grantedScopes } from './scopes.ts';
import { readTokenResponse } from './token-response.ts';
import { readTokens, type Tokens } from './tokens.ts';

/** fhirclient's state with what is known of the renewals, stored and copied with the tokens. */
type Renewed = fhirclient.ClientState & {
  renewals?: number;
  /** Granted scopes, if a renewal has named others than before. */
  scopes?: readonly string[];
};

/** `unreachable`: no usable response about the token; the next attempt may succeed. */
export type Renewal = 'renewed' | 'refused' | 'unreachable';

/**
 * Returns a function that renews the access token with the refresh token. Sends one request for all
 * callers and tabs, replaces a rotated refresh token and recalculates the expiry. An unreachable
 * server changes nothing; a refusal removes the refresh token.
 *
 * @param secret shared by this tab and its duplicates
 * @param ended whether the user has signed out; later responses are then discarded
 */
export function refresher(
  client: Client,
  secret: ShareSecret | undefined,
  ended: () => boolean,
): () => Promise<Renewal> {
  let running: Promise<Renewal> | undefined;
  const shared = shareTokens(secret, () => tokensOf(client), readTokens);

  const refresh = async (): Promise<Renewal> => {
    // Repeat until no tab has newer tokens: the first tab to answer may not be the last to renew,
    // and a refresh token that another tab has used must not be sent.
    let newest: Tokens | undefined;
    for (let newer = await shared.newer(); newer; newer = await shared.newer()) {
      adopt(client, newer);
      if ((newer.expiresAt ?? 0) * 1000 > Date.now()) return 'renewed';
      newest = newer;
    }
    // The lifetime is unknown: if the server refuses this token, no tab has a newer one next time.
    if (newest && newest.expiresAt === undefined) return 'renewed';
    // Copy the response, because fhirclient deletes the refresh token from the object on any error.
    const before = { ...client.state.tokenResponse };
    const { expiresAt } = client.state;
    if (!before.refresh_token) return 'refused';
    try {
      await client.refresh();
      const response = readTokenResponse(client.state.tokenResponse);
      expireAt(client.state, response.expiresAt && response.expiresAt / 1000);
      if (response.scope !== before.scope) grant(client, grantedScopes(response.scope));
      // A refresh does not change the launch context. The scope stays as stored at launch, because
      // fhirclient needs it for the next refresh.
      client.state.tokenResponse = { ...before, ...client.state.tokenResponse };
      if (before.scope) client.state.tokenResponse.scope = before.scope;
      count(client, renewals(client) + 1);
      keepState(client.state);
      return 'renewed';
    } catch (error) {
      const refused = isRefusal(error);
      // fhirclient deletes the refresh token if it cannot use the response. If one is present, it
      // came with a response that only this app rejects, so the previous one is used up.
      const rotated = client.state.tokenResponse?.refresh_token ?? before.refresh_token;
      if (!refused) client.state.tokenResponse = { ...before, refresh_token: rotated };
      expireAt(client.state, expiresAt); // expiry of the previous token
      keepState(client.state);
      return refused ? 'refused' : 'unreachable';
    }
  };

  const refreshUnlessEnded = async (): Promise<Renewal> => {
    const renewal = await refresh();
    if (!ended()) return renewal;
    client.state.tokenResponse = {};
    dropState(client.state.key);
    return 'refused';
  };

  return () =>
    (running ??= shared
      .inTurn(refreshUnlessEnded)
      .catch((): Renewal => 'unreachable') // another tab does not release the lock
      .finally(() => (running = undefined)));
}

/** Whether the server refused (RFC 6749, 5.2), rather than being unreachable, busy or broken. */
function isRefusal(error: unknown): boolean {
  const { status, response } = (error instanceof Error ? error : {}) as Partial<HttpError>;
  if (status === 400 || status === 401) return true;
  // The RFC has no 403. Some servers refuse with it in JSON; a page or nothing is from a proxy.
  return status === 403 && /\bjson\b/i.test(response?.headers.get('content-type') ?? '');
}

/**
 * Sets the expiry of a token. fhirclient assumes five minutes if the server sends none.
 *
 * @param seconds since the epoch; undefined if unknown
 */
export function expireAt(state: fhirclient.ClientState, seconds: number | undefined): void {
  if (seconds === undefined) delete state.expiresAt;
  else state.expiresAt = Math.floor(seconds);
}

const renewals = ({ state }: Client): number => (state as Renewed).renewals ?? 0;

function count({ state }: Client, times: number): void {
  (state as Renewed).renewals = times;
}

/** Returns the granted scopes, if a renewal has named others than before (RFC 6749, 6). */
export const renewedScopes = ({ state }: Client): readonly string[] | undefined =>
  (state as Renewed).scopes;

function grant({ state }: Client, scopes: readonly string[] | undefined): void {
  if (scopes) (state as Renewed).scopes = scopes;
}

function tokensOf(client: Client): Tokens | undefined {
  const { state } = client;
  const { access_token: accessToken, refresh_token: refreshToken } = state.tokenResponse ?? {};
  return accessToken
    ? {
        accessToken,
        refreshToken,
        expiresAt: state.expiresAt,
        scopes: renewedScopes(client),
        renewals: renewals(client),
      }
    : undefined;
}

function adopt(client: Client, tokens: Tokens): void {
  const { state } = client;
  state.tokenResponse = { ...state.tokenResponse, access_token: tokens.accessToken };
  if (tokens.refreshToken) state.tokenResponse.refresh_token = tokens.refreshToken;
  expireAt(state, tokens.expiresAt);
  grant(client, tokens.scopes);
  count(client, tokens.renewals);
  keepState(state);
}
