import type Client from 'fhirclient/lib/Client';
import type { fhirclient } from 'fhirclient/lib/types';
import { shareTokens, type ShareSecret } from '../../tab-storage/shared-tokens.ts';
import { dropState, keepState } from '../fhirclient.ts';
import { readTokenResponse } from './token-response.ts';
import { readTokens, type Tokens } from './tokens.ts';

/** fhirclient's state, with how often it was renewed: kept and copied with the tokens it counts. */
type Counted = fhirclient.ClientState & { renewals?: number };

/** `unreachable`: no answer that is about the token; the next attempt may well succeed. */
export type Renewal = 'renewed' | 'refused' | 'unreachable';

/**
 * Renews the access token with the refresh token: one request however many ask, in however many
 * tabs, the rotated token in place of the old one, and the expiry reckoned anew. A server that
 * cannot be reached costs nothing; one that refuses costs the refresh token.
 *
 * @param secret that this tab shares with those it was duplicated to or from
 * @param ended whether the person has signed out: what comes in afterwards is forgotten
 */
export function refresher(
  client: Client,
  secret: ShareSecret | undefined,
  ended: () => boolean,
): () => Promise<Renewal> {
  let running: Promise<Renewal> | undefined;
  const shared = shareTokens(secret, () => tokensOf(client), readTokens);

  const refresh = async (): Promise<Renewal> => {
    // Until nobody knows of newer ones: the first to answer need not be the one that renewed last,
    // and a refresh token that another tab has used up must not be sent.
    for (let newer = await shared.newer(); newer; newer = await shared.newer()) {
      adopt(client, newer);
      if ((newer.expiresAt ?? 0) * 1000 > Date.now()) return 'renewed';
    }
    // A copy: fhirclient takes the refresh token out of the object, whatever went wrong.
    const before = { ...client.state.tokenResponse };
    const { expiresAt } = client.state;
    if (!before.refresh_token) return 'refused';
    try {
      await client.refresh();
      const response = readTokenResponse(client.state.tokenResponse);
      expireAt(client.state, response.expiresAt && response.expiresAt / 1000);
      // The context is the launch's: a refresh does not change the patient. The scope stays as
      // it was written down at launch, which is what lets fhirclient refresh again.
      client.state.tokenResponse = { ...before, ...client.state.tokenResponse };
      if (before.scope) client.state.tokenResponse.scope = before.scope;
      count(client, renewals(client) + 1);
      keepState(client.state);
      return 'renewed';
    } catch (error) {
      const refused = isRefusal(error);
      // fhirclient takes the refresh token away where it got no answer to use. One that is there
      // came with an answer that only the app cannot use: the one before is used up.
      const rotated = client.state.tokenResponse?.refresh_token ?? before.refresh_token;
      if (!refused) client.state.tokenResponse = { ...before, refresh_token: rotated };
      expireAt(client.state, expiresAt); // of the token that stays
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
      .catch((): Renewal => 'unreachable') // another tab does not let go
      .finally(() => (running = undefined)));
}

/** Whether the server said no (RFC 6749, 5.2), rather than nothing or that it is busy or broken. */
function isRefusal(error: unknown): boolean {
  const status: unknown = error instanceof Error ? Reflect.get(error, 'status') : undefined;
  return status === 400 || status === 401 || status === 403;
}

/**
 * Notes till when a token lives. fhirclient takes five minutes where the server does not say.
 *
 * @param seconds since the epoch; undefined where nobody knows
 */
export function expireAt(state: fhirclient.ClientState, seconds: number | undefined): void {
  if (seconds === undefined) delete state.expiresAt;
  else state.expiresAt = Math.floor(seconds);
}

const renewals = ({ state }: Client): number => (state as Counted).renewals ?? 0;

function count({ state }: Client, times: number): void {
  (state as Counted).renewals = times;
}

function tokensOf(client: Client): Tokens | undefined {
  const { state } = client;
  const { access_token: accessToken, refresh_token: refreshToken } = state.tokenResponse ?? {};
  return accessToken
    ? { accessToken, refreshToken, expiresAt: state.expiresAt, renewals: renewals(client) }
    : undefined;
}

function adopt(client: Client, tokens: Tokens): void {
  const { state } = client;
  state.tokenResponse = { ...state.tokenResponse, access_token: tokens.accessToken };
  if (tokens.refreshToken) state.tokenResponse.refresh_token = tokens.refreshToken;
  expireAt(state, tokens.expiresAt);
  count(client, tokens.renewals);
  keepState(state);
}
