import type { ServerConfig } from '#config/schema.ts';
import { SignInRequired } from '../errors.ts';
import { decodeJwt, expiryOf, textIn } from '../jwt.ts';
import type { SignInMethod } from '../method.ts';
import { NO_CONTEXT, type Session, type SessionUser } from '../session.ts';
import { readPasted } from './pasted.ts';

/** Returns the session of a pasted access token. Nothing of it is stored. */
function withToken(server: ServerConfig, token: string): Session {
  const jwt = decodeJwt(token);
  const expiresAt = expiryOf(jwt?.claims);
  const scp = textIn(jwt?.claims, 'scp') ?? textIn(jwt?.claims, 'scope');
  const subject = textIn(jwt?.claims, 'oid') ?? textIn(jwt?.claims, 'sub');
  let refused = false;

  return {
    kind: 'token',
    server,
    user: nameIn(jwt?.claims),
    context: NO_CONTEXT,
    scopes: scp?.split(/\s+/).filter(Boolean),
    // The key stays the same when the same user pastes a newer token.
    key: `${server.id}|${server.fhirBaseUrl}|token|${subject ?? crypto.randomUUID()}`,
    tokenExpired: () => expiresAt !== undefined && expiresAt <= Date.now(),
    authorization: () =>
      refused || (expiresAt !== undefined && expiresAt <= Date.now())
        ? Promise.reject(new SignInRequired('The pasted token has expired or was refused'))
        : Promise.resolve(`Bearer ${token}`),
    renew: () => {
      refused = true;
      return Promise.resolve(false);
    },
    signOut: () => {
      refused = true;
      return Promise.resolve();
    },
    inspect: () =>
      Promise.resolve({
        format: jwt ? 'jwt' : 'opaque',
        header: jwt?.header,
        claims: jwt?.claims,
        expiresAt,
        hasRefreshToken: false,
        scopesAsked: undefined,
      }),
  };
}

function nameIn(claims: Readonly<Record<string, unknown>> | undefined): SessionUser | undefined {
  const login = textIn(claims, 'preferred_username') ?? textIn(claims, 'upn');
  const name = textIn(claims, 'name') ?? login ?? textIn(claims, 'app_displayname');
  return name === undefined ? undefined : { name, login };
}

export const method: SignInMethod = {
  // The token is in memory only. After a reload the sign-in page tells the user so.
  restore: () => Promise.resolve(undefined),
  signIn: async (server, input) => withToken(server, readPasted(input.token ?? '')),
};
