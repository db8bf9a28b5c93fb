import {
  BrowserAuthError,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
} from '@azure/msal-browser';

/** Same limit in milliseconds as for a SMART server. */
const TIMEOUT_MS = 30_000;

/**
 * Sends MSAL's requests to the identity provider. MSAL's own client has no time limit, so an
 * unresponsive provider would block all callers and tabs that wait for a token. It also repeats a
 * POST whose response was lost, although its refresh token may be used.
 */
export const network: INetworkModule = {
  sendGetRequestAsync: (url, options) => ask('GET', url, options),
  sendPostRequestAsync: (url, options) => ask('POST', url, options),
};

/** @throws {BrowserAuthError} with the codes of MSAL's own client, see `errors.ts` */
async function ask<T>(
  method: 'GET' | 'POST',
  url: string,
  { headers, body, correlationId = '' }: NetworkRequestOptions = {},
): Promise<NetworkResponse<T>> {
  const init = { method, ...(headers && { headers }), ...(body !== undefined && { body }) };
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    const { status } = response;
    return { status, headers: Object.fromEntries(response.headers), body: await response.json() };
  } catch (error) {
    throw new BrowserAuthError(
      error instanceof SyntaxError
        ? 'failed_to_parse_response'
        : !navigator.onLine
          ? 'no_network_connectivity'
          : `${method.toLowerCase()}_request_failed`,
      correlationId,
    );
  }
}
