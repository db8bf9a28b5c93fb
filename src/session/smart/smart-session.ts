import type Client from 'fhirclient/lib/Client';
import type { ServerConfig } from '#config/schema.ts';
import { isFramed } from '../environment.ts';
import { LaunchError, SignInRequired } from '../errors.ts';
import { decodeJwt, textClaim } from '../jwt.ts';
import type { Session } from '../session.ts';
import { makeShareSecret } from '../tab-storage/shared-tokens.ts';
import { launchContext, userOf } from './context.ts';
import { endSessionAddress } from './end-session.ts';
import { exchange, keepState, readState } from './fhirclient.ts';
import type { Identity } from './id-token/id-token.ts';
import {
  deleteSavedSession,
  forgetSavedSession,
  saveSession,
  saveBeforeReload,
  loadSavedSession,
  type SavedSession,
} from './saved-session.ts';
import type { Pending } from './launch/pending.ts';
import { expireAt, refresher, type Renewal } from './tokens/refresh.ts';
import { isAllowedEndpoint } from './discovery.ts';
import { grantedScopes } from './tokens/scopes.ts';
import { hardenedFetch } from './shims/fetch.ts';
import { isLaunchId, isOfServer, siteOfServer, type SmartSite } from './site.ts';
import type { TokenResponse } from './tokens/token-response.ts';

/** A token is renewed this long before it ends, at most, so that no request arrives too late. */
const EARLY_MS = 30_000;
/**
 * A token of which nobody says how long it lives (`expires_in` is no more than recommended: RFC 6749,
 * 5.1) is renewed this often, where it can be. It holds until the server refuses it.
 */
const UNTOLD_MS = 300_000;

export interface NewSession {
  readonly client: Client;
  readonly site: SmartSite;
  readonly pending: Pending;
  readonly response: TokenResponse;
  readonly identity: Identity;
}

/** The session of a launch that was just completed. */
export async function newSession(o: NewSession): Promise<Session> {
  const { client, site, pending, response, identity } = o;
  const { server } = site;
  const scopes = grantedScopes(response.scope);
  const user = identity.verified ? userOf(identity.claims) : undefined;
  const subject = identity.verified ? textClaim(identity.claims, 'sub') : undefined;
  const kept: SavedSession = {
    server: server.id,
    state: pending.state,
    context: launchContext(response, identity.claims, server.fhirBaseUrl),
    ...(user ? { user } : {}),
    ...(subject ? { subject } : {}),
    ...(scopes ? { scopes } : {}),
    asked: pending.scopes,
    key: keyOf(o, subject),
    ...(pending.revocation ? { revocation: pending.revocation } : {}),
    ...(response.refreshToken ? { share: await makeShareSecret() } : {}),
  };
  const { state } = client;
  // fhirclient adds a textual expires_in to a number, keeps the PKCE verifier, and will not
  // refresh where the server left the scope out.
  expireAt(state, response.expiresAt && response.expiresAt / 1000);
  delete state.codeVerifier;
  delete state.codeChallenge;
  state.tokenResponse = { ...state.tokenResponse, scope: refreshable(response.scope) };
  keepState(state);
  saveSession(kept, client);
  return sessionOf(client, server, kept);
}

/**
 * Each launch is a session of its own. Whoever signs in again from the app itself, and is known to
 * be the same, goes on where they were.
 */
function keyOf({ site, pending, response }: NewSession, subject: string | undefined): string {
  const own =
    site.launched || subject === undefined ? pending.state : `${subject}|${response.patient ?? ''}`;
  return `${site.server.id}|${site.server.fhirBaseUrl}|smart|${own}`;
}

const refreshable = (scope = ''): string =>
  /\b(?:offline|online)_access\b/.test(scope) ? scope : `${scope} online_access`.trim();

/** The session that was open before the page was loaded, if any. */
export async function restoreSession(server: ServerConfig): Promise<Session | undefined> {
  const kept = loadSavedSession();
  const site = siteOfServer(server);
  if (!kept || !site || kept.server !== server.id) return undefined;
  const state = readState(kept.state);
  if (!state?.tokenResponse?.access_token || !isOfServer(state, server)) return undefined;
  if (!isAllowedEndpoint(String(state.tokenUri), site.endpointOrigins)) return undefined;
  const client = await exchange(kept.state);
  const session = sessionOf(client, server, kept);
  const { hasRefreshToken } = await session.inspect();
  if (hasRefreshToken || !session.tokenExpired?.()) return session;
  deleteSavedSession();
  return undefined;
}

const over = (): SignInRequired => new SignInRequired('The SMART access token has expired');
/** The session is not over: the next attempt may succeed. */
const unreachable = (): LaunchError =>
  new LaunchError('network', 'The token endpoint gave no answer about the token');

function sessionOf(client: Client, server: ServerConfig, kept: SavedSession): Session {
  let ended = false;
  saveBeforeReload(kept);
  const renew = refresher(client, kept.share, () => ended);
  const hasRefreshToken = (): boolean => Boolean(client.state.tokenResponse?.refresh_token);
  const expiresAt = (): number | undefined =>
    client.state.expiresAt && client.state.expiresAt * 1000;
  const tokenExpired = (): boolean => (expiresAt() ?? Infinity) <= Date.now();
  let issuedAt = Date.now();
  const due = (): boolean => {
    const end = expiresAt();
    if (end === undefined) return hasRefreshToken() && issuedAt + UNTOLD_MS <= Date.now();
    // A tenth of a short life, so that a token of a minute is not renewed for every request.
    return end - Math.min(EARLY_MS, (end - issuedAt) / 10) <= Date.now();
  };
  const refresh = async (): Promise<Renewal> => {
    const renewal = await renew();
    // A token that may well hold is not tried to be renewed with every request either.
    if (renewal === 'renewed' || expiresAt() === undefined) issuedAt = Date.now();
    return renewal;
  };
  const accessToken = (): string | undefined => client.state.tokenResponse?.access_token;

  return {
    kind: 'smart',
    server,
    user: kept.user,
    subject: kept.subject,
    context: kept.context,
    launched: isLaunchId(server.id),
    scopes: kept.scopes,
    key: kept.key,
    async authorization() {
      if (due()) {
        const renewal = await refresh();
        if (renewal !== 'renewed' && tokenExpired()) {
          throw renewal === 'unreachable' ? unreachable() : over();
        }
      }
      const token = accessToken();
      if (!token) throw over();
      return `Bearer ${token}`;
    },
    async renew() {
      const renewal = await refresh();
      if (renewal === 'unreachable') throw unreachable();
      return renewal === 'renewed';
    },
    tokenExpired,
    async signOut(o = {}) {
      const token = client.state.tokenResponse?.refresh_token ?? accessToken();
      ended = true;
      forgetSavedSession(kept.state);
      client.state.tokenResponse = {};
      if (token && kept.revocation) await revoke(kept.revocation, token, client.state.clientId);
      const provider = endSessionAddress(server);
      // Providers do not let themselves be framed.
      if (!provider || o.local || isFramed() || !navigator.onLine) return;
      location.replace(provider);
      await new Promise(() => {}); // the page is leaving
    },
    inspect() {
      const token = accessToken();
      const jwt = token ? decodeJwt(token) : undefined;
      return Promise.resolve({
        format: jwt ? 'jwt' : token ? 'opaque' : 'none',
        header: jwt?.header,
        claims: jwt?.claims,
        expiresAt: expiresAt(),
        hasRefreshToken: hasRefreshToken(),
        scopesAsked: kept.asked,
      });
    },
  };
}

/** Nobody waits longer than this to be signed out. */
const REVOKE_MS = 5000;

/** RFC 7009. That it fails changes nothing here: the token is forgotten already. */
async function revoke(
  endpoint: string,
  token: string,
  clientId: string | undefined,
): Promise<void> {
  try {
    await hardenedFetch(endpoint, {
      method: 'POST',
      keepalive: true,
      signal: AbortSignal.timeout(REVOKE_MS),
      body: new URLSearchParams({ token, client_id: clientId ?? '' }),
    });
  } catch {
    // Offline, or the server does not allow it from a browser.
  }
}
