import { parseConfig } from '#config/load.ts';
import type { ServerConfig } from '#config/schema.ts';
import { NO_CONTEXT, type Session } from '#session/session.ts';

/** Returns the configuration of an open server, with the default of every optional field. */
function serverAt(fhirBaseUrl: string): ServerConfig {
  const given = { id: 'open', label: 'Open', fhirBaseUrl, auth: { type: 'open' } };
  const [server] = parseConfig({ servers: [given] }).servers;
  if (!server) throw new Error('one server was given');
  return server;
}

/** Makes a session with an open server, for tests. */
export const sessionAt = (fhirBaseUrl: string, key: string): Session => ({
  kind: 'open',
  server: serverAt(fhirBaseUrl),
  user: undefined,
  context: NO_CONTEXT,
  scopes: undefined,
  key,
  authorization: async () => undefined,
  renew: async () => false,
  signOut: async () => undefined,
  inspect: async () => ({
    format: 'none',
    header: undefined,
    claims: undefined,
    expiresAt: undefined,
    hasRefreshToken: false,
    scopesAsked: undefined,
  }),
});
