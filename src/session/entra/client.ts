import { PublicClientApplication } from '@azure/msal-browser';
import type { EntraAuth, ServerConfig } from '#config/schema.ts';
import { LaunchError } from '../errors.ts';
import { msalConfiguration } from './config.ts';

export interface EntraServer extends ServerConfig {
  readonly auth: EntraAuth;
}

/**
 * Narrows a server to one with Entra ID.
 *
 * @throws {LaunchError} `bad-launch` if the server has another kind of sign-in
 */
export function entraServer(server: ServerConfig): EntraServer {
  if (server.auth.type !== 'entra') {
    throw new LaunchError('bad-launch', 'The server is not configured for Entra ID');
  }
  return { ...server, auth: server.auth };
}

// One MSAL application per server and page, because two would compete for one redirect response.
const clients = new Map<string, Promise<PublicClientApplication>>();

/** Returns the initialised MSAL application of a server. */
export function msalFor(server: EntraServer): Promise<PublicClientApplication> {
  let client = clients.get(server.id);
  if (!client) {
    client = (async () => {
      const app = new PublicClientApplication(msalConfiguration(server.auth));
      await app.initialize();
      return app;
    })();
    clients.set(server.id, client);
  }
  return client;
}
