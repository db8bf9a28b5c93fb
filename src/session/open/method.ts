import type { ServerConfig } from '#config/schema.ts';
import type { SignInMethod } from '../method.ts';
import { NO_CONTEXT, type Session } from '../session.ts';

/**
 * Returns the session of a server without authentication: a test server, or one inside a protected
 * network.
 */
function openServer(server: ServerConfig): Session {
  return {
    kind: 'open',
    server,
    user: undefined,
    context: NO_CONTEXT,
    scopes: undefined,
    key: `${server.id}|${server.fhirBaseUrl}|open`,
    authorization: () => Promise.resolve(undefined),
    renew: () => Promise.resolve(false),
    signOut: () => Promise.resolve(),
    inspect: () =>
      Promise.resolve({
        format: 'none',
        header: undefined,
        claims: undefined,
        expiresAt: undefined,
        hasRefreshToken: false,
        scopesAsked: undefined,
      }),
  };
}

export const method: SignInMethod = {
  restore: (server) => Promise.resolve(openServer(server)),
  signIn: (server) => Promise.resolve(openServer(server)),
};
