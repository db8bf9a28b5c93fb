import type Client from 'fhirclient/lib/Client';
import { keepState } from './fhirclient.ts';
import { readTokenResponse } from './token-response.ts';

/**
 * Renews the access token with the refresh token: one request however many ask, the rotated token
 * in place of the old one, and the expiry reckoned anew. A server that cannot be reached costs
 * nothing; one that refuses costs the refresh token.
 *
 * @returns whether there is a new access token
 */
export function refresher(client: Client): () => Promise<boolean> {
  let running: Promise<boolean> | undefined;

  const refresh = async (): Promise<boolean> => {
    const before = client.state.tokenResponse;
    if (!before?.refresh_token) return false;
    try {
      await client.refresh();
      const response = readTokenResponse(client.state.tokenResponse);
      client.state.expiresAt = Math.floor(response.expiresAt / 1000);
      // The context is the launch's: a refresh does not change the patient. The scope stays as
      // it was written down at launch, which is what lets fhirclient refresh again.
      client.state.tokenResponse = { ...before, ...client.state.tokenResponse };
      if (before.scope) client.state.tokenResponse.scope = before.scope;
      keepState(client.state);
      return true;
    } catch (error) {
      // fhirclient drops the refresh token whatever went wrong.
      if (error instanceof TypeError) client.state.tokenResponse = before;
      keepState(client.state);
      return false;
    }
  };

  return () => (running ??= refresh().finally(() => (running = undefined)));
}
