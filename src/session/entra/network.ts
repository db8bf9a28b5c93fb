import {
  BrowserAuthError,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
} from '@azure/msal-browser';

/** As long as a SMART server has. */
const TIMEOUT_MS = 30_000;

/**
 * How MSAL asks the identity provider. Its own way knows no time limit, so that a provider that does
 * not answer holds whoever waits for a token, and every other tab of the session, for ever; and it
 * sends a POST again whose answer was lost, with a refresh token that may have been used up.
 */
export const network: INetworkModule = {
  sendGetRequestAsync: (url, options) => ask('GET', url, options),
  sendPostRequestAsync: (url, options) => ask('POST', url, options),
};

/** @throws {BrowserAuthError} with the codes that MSAL's own way has, see `errors.ts` */
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
