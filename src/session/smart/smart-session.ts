import type Client from 'fhirclient/lib/Client';
import type { ServerConfig } from '#config/schema.ts';
import { isFramed } from '../environment.ts';
import { LaunchError, SignInRequired } from '../errors.ts';
import { decodeJwt, textIn } from '../jwt.ts';
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
import { expireAt, refresher, renewedScopes, type Renewal } from './tokens/refresh.ts';
import { isAllowedEndpoint } from './discovery.ts';
import { grantedScopes } from './tokens/scopes.ts';
import { hardenedFetch } from './shims/fetch.ts';
import { isLaunchId, isOfServer, siteOfServer, type SmartSite } from './site.ts';
import type { TokenResponse } from './tokens/token-response.ts';

/**
 * Maximum milliseconds before its expiry at which a token is renewed, so that no request arrives
 * too late.
 */
const EARLY_MS = 30_000;
/**
 * Milliseconds after which a token of unknown lifetime is renewed if possible (`expires_in` is only
 * recommended: RFC 6749, 5.1). It is used until the server refuses it.
 */
const UNTOLD_MS = 300_000;

export interface NewSession {
  readonly client: Client;
  readonly site: SmartSite;
  readonly pending: Pending;
  readonly response: TokenResponse;
  readonly identity: Identity;
}

/** Returns and stores the session of a launch that has just completed. */
export async function newSession(o: NewSession): Promise<Session> {
  const { client, site, pending, response, identity } = o;
  const { server } = site;
  const scopes = grantedScopes(response.scope);
  const user = identity.verified ? userOf(identity.claims) : undefined;
  const subject = identity.verified ? textIn(identity.claims, 'sub') : undefined;
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
  // fhirclient adds an `expires_in` that is a string to a number, stores the PKCE verifier, and
  // does not refresh if the server omits the scope.
  expireAt(state, response.expiresAt && response.expiresAt / 1000);
  delete state.codeVerifier;
  delete state.codeChallenge;
  state.tokenResponse = { ...state.tokenResponse, scope: refreshable(response.scope) };
  keepState(state);
  saveSession(kept, client);
  return sessionOf(client, server, kept);
}

/**
 * Returns the key of a session. Each launch by an EHR has its own key. After a sign-in from the app
 * a verified user keeps the key, so that the pages continue.
 */
function keyOf({ site, pending, response }: NewSession, subject: string | undefined): string {
  const own =
    site.launched || subject === undefined ? pending.state : `${subject}|${response.patient ?? ''}`;
  return `${site.server.id}|${site.server.fhirBaseUrl}|smart|${own}`;
}

const refreshable = (scope = ''): string =>
  /\b(?:offline|online)_access\b/.test(scope) ? scope : `${scope} online_access`.trim();

/** Returns the session from before the page load, if any. */
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
/** Error for a session that is still open, because the next attempt may succeed. */
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
    // At most a tenth of the lifetime, so that a token of one minute is not renewed for every
    // request.
    return end - Math.min(EARLY_MS, (end - issuedAt) / 10) <= Date.now();
  };
  const refresh = async (): Promise<Renewal> => {
    const renewal = await renew();
    // Count the attempt, so that a token of unknown lifetime is not renewed with every request.
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
    get scopes() {
      return renewedScopes(client) ?? kept.scopes;
    },
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
      // Providers do not allow their pages in a frame.
      if (!provider || o.local || isFramed() || !navigator.onLine) return;
      location.replace(provider);
      await new Promise(() => {}); // the page is navigating away
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

/** Maximum milliseconds that a sign-out waits for the revocation. */
const REVOKE_MS = 5000;

/**
 * Revokes a token (RFC 7009). A failure is ignored, because the tab has removed the token already.
 */
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
    // Offline, or the endpoint does not allow CORS.
  }
}
