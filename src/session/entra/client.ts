import { PublicClientApplication } from '@azure/msal-browser';
import type { EntraAuth, ServerConfig } from '#config/schema.ts';
import { LaunchError } from '../errors.ts';
import { msalConfiguration } from './config.ts';

export interface EntraServer extends ServerConfig {
  readonly auth: EntraAuth;
}

/** @throws {LaunchError} never for a server that was routed here */
export function entraServer(server: ServerConfig): EntraServer {
  if (server.auth.type !== 'entra') {
    throw new LaunchError('bad-launch', 'The server is not configured for Entra ID');
  }
  return { ...server, auth: server.auth };
}

// One MSAL application a server and page: two would race for the answer of one redirect.
const clients = new Map<string, Promise<PublicClientApplication>>();

/** MSAL, ready to use. */
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
