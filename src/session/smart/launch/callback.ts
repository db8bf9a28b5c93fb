import type { AppConfig } from '#config/schema.ts';
import { requireSecureContext } from '../../environment.ts';
import { LaunchError } from '../../errors.ts';
import { refusalCode } from '../../provider-codes.ts';
import type { Session } from '../../session.ts';
import { requireStorage } from '../../tab-storage/storage.ts';
import { dropState, exchange, readState } from '../fhirclient.ts';
import { checkIdToken } from '../id-token/id-token.ts';
import { isFresh, takePending, type Pending } from './pending.ts';
import { isAllowedEndpoint } from '../discovery.ts';
import { fetchKeys } from '../id-token/keys.ts';
import { isOfServer, siteById, type SmartSite } from '../site.ts';
import { newSession } from '../smart-session.ts';
import { readTokenResponse } from '../tokens/token-response.ts';

export interface Finished {
  readonly session: Session;
  /** True for a launch by an EHR, false for a sign-in from the sign-in page. */
  readonly launched: boolean;
}

const PARAMETERS = ['code', 'state', 'error', 'error_description', 'iss'] as const;

/**
 * Completes a launch at the redirect URI (RFC 6749, 4.1.2; RFC 9207; SMART App Launch 2.2). Uses up
 * the matching pending launch, even on failure.
 *
 * @param params of the URL, which the app has already removed from the address bar
 * @returns undefined if the URL contains no response
 * @throws {LaunchError}
 */
export async function finish(
  params: URLSearchParams,
  config: AppConfig,
): Promise<Finished | undefined> {
  if (!params.has('code') && !params.has('error')) return undefined;
  requireSecureContext();
  requireStorage();
  // The legacy Azure proxy sends errors without state. From any other server such an error may come
  // from a forged link.
  const pending = takePending(
    params.get('state'),
    ({ server }) => params.has('error') && siteById(config, server)?.legacyAzureProxy === true,
  );
  const site = pending && siteById(config, pending.server);
  try {
    return await complete(params, pending, site);
  } catch (error) {
    if (pending) dropState(pending.state);
    throw error;
  }
}

async function complete(
  params: URLSearchParams,
  pending: Pending | undefined,
  site: SmartSite | undefined,
): Promise<Finished> {
  if (PARAMETERS.some((name) => params.getAll(name).length > 1)) {
    throw new LaunchError('bad-state', 'A parameter of the answer is repeated');
  }
  const state = params.get('state');
  const error = params.get('error');
  const iss = params.get('iss');
  if (iss !== null && pending?.issuer !== undefined && iss !== pending.issuer) {
    throw new LaunchError('mix-up', 'The answer comes from another issuer', {
      detail: iss.slice(0, 200),
    });
  }
  if (error !== null) {
    if (!pending) {
      throw new LaunchError('bad-state', 'The error is not for a launch of this window');
    }
    const description = params.get('error_description') ?? undefined;
    throw new LaunchError('denied', 'The server said no', {
      code: refusalCode(description ?? '', error.slice(0, 60)),
      detail: description?.slice(0, 300),
      legacyAzureProxy: site?.legacyAzureProxy,
    });
  }
  const code = params.get('code');
  if (!pending || !site || !code || state !== pending.state || !isFresh(pending, Date.now())) {
    throw new LaunchError('bad-state', 'The answer does not belong to a launch of this window');
  }
  if (iss === null && pending.namesIssuer) {
    throw new LaunchError('mix-up', 'The answer does not name its issuer, as this server does');
  }
  return { session: await redeem(code, pending, site), launched: site.launched };
}

async function redeem(code: string, pending: Pending, site: SmartSite): Promise<Session> {
  const state = readState(pending.state);
  if (state && !isOfServer(state, site.server)) {
    throw new LaunchError('bad-state', 'The launch was for another server of the same id');
  }
  const endpoint: unknown = state?.tokenUri;
  if (typeof endpoint !== 'string' || !isAllowedEndpoint(endpoint, site.endpointOrigins)) {
    throw new LaunchError('endpoint-not-allowed', 'The token endpoint lies elsewhere');
  }
  // Requested in parallel with the token, so that the user waits only for the slower response.
  const keys = pending.nonce ? fetchKeys(pending, site.endpointOrigins) : undefined;
  let client;
  try {
    client = await exchange(pending.state, code);
  } catch (cause) {
    throw tokenError(cause, site);
  }
  const response = readTokenResponse(client.state.tokenResponse);
  const identity = await checkIdToken(
    response.idToken,
    {
      issuer: pending.issuer,
      clientId: site.clientId,
      nonce: site.legacyAzureProxy ? undefined : pending.nonce,
      now: Date.now(),
    },
    await keys,
  );
  return newSession({ client, site, pending, response, identity });
}

/**
 * Maps fhirclient's error to a LaunchError. Its message may contain the server's text, so it is
 * shortened.
 */
function tokenError(cause: unknown, { legacyAzureProxy }: SmartSite): LaunchError {
  if (cause instanceof TypeError) {
    return new LaunchError('network', 'The token endpoint could not be reached', { cause });
  }
  const status: unknown = cause instanceof Error ? Reflect.get(cause, 'status') : undefined;
  const message = cause instanceof Error ? cause.message : '';
  return new LaunchError('token-response', 'The code could not be exchanged', {
    cause,
    code: typeof status === 'number' ? (codeOf(message) ?? `HTTP ${status}`) : undefined,
    detail: message.slice(0, 300) || undefined,
    legacyAzureProxy,
  });
}

/**
 * Returns the code of an error response (RFC 6749, 5.2). In its message fhirclient writes the
 * status, the URL and then `error: error_description`, or any other body after an empty line.
 */
function codeOf(message: string): string | undefined {
  const said = message.split('\n').slice(2).join('\n');
  const error = /^\w{1,60}(?=: |$)/.exec(said)?.[0];
  return error && refusalCode(said, error);
}
