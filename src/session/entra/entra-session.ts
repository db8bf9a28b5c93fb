import type { AuthenticationResult, PublicClientApplication } from '@azure/msal-browser';
import { LaunchError, SignInRequired } from '../errors.ts';
import { isFramed } from '../environment.ts';
import { decodeJwt } from '../jwt.ts';
import { NO_CONTEXT, type Session } from '../session.ts';
import type { EntraServer } from './client.ts';
import { keepChallenge } from './challenge.ts';
import { needsPerson, toLaunchError } from './errors.ts';
import { userOf } from './identity.ts';
import type { EntraTokens } from './tokens.ts';

/** Scopes of the sign-in itself, not of the API. */
const PROTOCOL: readonly string[] = ['openid', 'profile', 'offline_access', 'email'];

/**
 * Returns a session with the tokens of one account.
 *
 * @param first the token response that is known already, if any
 */
export function entraSession(
  server: EntraServer,
  msal: PublicClientApplication,
  tokens: EntraTokens,
  first: AuthenticationResult | undefined,
): Session {
  const { account, scopes } = tokens;
  let running: Promise<AuthenticationResult> | undefined;
  let renewing: Promise<AuthenticationResult> | undefined;
  let last = first;

  const ask = async (forceRefresh: boolean): Promise<AuthenticationResult> => {
    // One request at a time: some identity providers accept a refresh token only once.
    if (forceRefresh) await running?.catch(() => undefined);
    return (last = await tokens.ask(forceRefresh));
  };

  /**
   * Shares one silent request between all callers. A forced refresh never reuses a cached token.
   */
  const silent = (forceRefresh: boolean): Promise<AuthenticationResult> =>
    forceRefresh
      ? (renewing ??= ask(true).finally(() => (renewing = undefined)))
      : (renewing ?? (running ??= ask(false).finally(() => (running = undefined))));

  const token = async (forceRefresh: boolean): Promise<string> => {
    let result: AuthenticationResult;
    try {
      result = await silent(forceRefresh);
    } catch (error) {
      if (needsPerson(error)) {
        keepChallenge(error);
        throw new SignInRequired('Entra ID wants the person to sign in', { cause: error });
      }
      throw toLaunchError(error);
    }
    // MSAL treats a response without an access token as a success.
    if (!result.accessToken) throw new SignInRequired('Entra ID gave no access token');
    return result.accessToken;
  };

  return {
    kind: 'entra',
    server,
    user: userOf(account),
    context: NO_CONTEXT,
    scopes: first?.scopes.filter((s) => !PROTOCOL.includes(s)),
    roles: first && rolesIn(first.accessToken),
    tokenExpired: () => (last?.expiresOn?.getTime() ?? Infinity) <= Date.now(),
    key: `${server.id}|${server.fhirBaseUrl}|entra|${account.homeAccountId}`,
    authorization: async () => `Bearer ${await token(false)}`,
    async renew() {
      try {
        await token(true);
        return true;
      } catch (error) {
        if (error instanceof SignInRequired) return false;
        throw error;
      }
    },
    async signOut(o = {}) {
      if (o.local || isFramed() || !navigator.onLine) {
        await msal.clearCache({ account });
        return;
      }
      try {
        // No `idTokenHint`: an address must not hold a token (ADR 0020). MSAL adds `logout_hint` if
        // the account has one. It resolves only if the authority has no end_session_endpoint.
        const extraQueryParameters = { client_id: server.auth.clientId };
        await msal.logoutRedirect({ account, extraQueryParameters });
      } catch {
        await msal.clearCache({ account });
      }
    },
    async inspect() {
      try {
        await token(false);
      } catch {
        // The report then shows the last token.
      }
      const text = last?.accessToken;
      const jwt = text ? decodeJwt(text) : undefined;
      return {
        format: jwt ? 'jwt' : text ? 'opaque' : 'none',
        header: jwt?.header,
        claims: jwt?.claims,
        expiresAt: last?.expiresOn?.getTime(),
        hasRefreshToken: true,
        scopesAsked: scopes,
      };
    },
  };
}

function rolesIn(accessToken: string): readonly string[] | undefined {
  const roles: unknown = decodeJwt(accessToken)?.claims['roles'];
  return Array.isArray(roles) ? roles.filter((r) => typeof r === 'string') : undefined;
}

/**
 * Checks the result of a sign-in.
 *
 * @throws {LaunchError} `token-response` without an access token
 */
export function checkResult(result: AuthenticationResult): AuthenticationResult {
  if (!result.accessToken) {
    throw new LaunchError('token-response', 'Entra ID gave no access token for the API', {
      detail: `scopes: ${result.scopes.join(' ')}`.slice(0, 300),
    });
  }
  return result;
}
