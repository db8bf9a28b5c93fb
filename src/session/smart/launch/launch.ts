import type { AppConfig, ServerConfig } from '#config/schema.ts';
import { requireSecureContext } from '../../environment.ts';
import { LaunchError } from '../../errors.ts';
import { countRedirect } from '../../entry/redirect-guard.ts';
import { requireStorage } from '../../tab-storage/storage.ts';
import { findIssuer } from './allow-list.ts';
import { discover } from '../discovery.ts';
import { dropState, keepState, prepare, readState, redirectUri } from '../fhirclient.ts';
import { deleteSavedSession } from '../saved-session.ts';
import { dropPending, keepPending } from './pending.ts';
import { scopesToAsk } from '../tokens/scopes.ts';
import { siteOfIssuer, type SmartSite } from '../site.ts';

/**
 * Maximum length of a launch value. Launch values are opaque; those of the Azure proxy contain
 * JSON.
 */
const LONGEST_LAUNCH = 8192;

/**
 * Redirects the user to the authorization server of a site.
 *
 * @param launch `iss` as the EHR sent it, and its launch value; undefined for a standalone launch
 * @throws {LaunchError}
 */
export async function leaveFor(
  site: SmartSite,
  launch?: { readonly iss: string; readonly value: string },
): Promise<void> {
  requireSecureContext();
  requireStorage();
  dropPending(Date.now());
  deleteSavedSession(); // ends the session of another patient
  countRedirect();
  const metadata = await discover(site);
  const scopes = scopesToAsk(site.scope, metadata.capabilities, site.launched);
  // 244 random bits from the browser; SMART requires 122.
  const state = `${crypto.randomUUID()}${crypto.randomUUID()}`.replaceAll('-', '');
  const nonce = scopes.includes('openid') ? crypto.randomUUID() : undefined;

  const address = await prepare({
    iss: launch?.iss ?? site.server.fhirBaseUrl,
    ...(launch ? { launch: launch.value } : {}),
    clientId: site.clientId,
    scope: scopes.join(' '),
    redirectUri: redirectUri(),
    pkceMode: site.pkce === 'required' ? 'required' : 'unsafeV1',
    stateKey: state,
  }).catch((cause: unknown) => {
    dropState(state);
    throw new LaunchError('discovery', 'The launch could not be prepared', { cause });
  });

  // fhirclient fetches the metadata again, does not resolve relative endpoints and breaks an
  // endpoint that has a query. Only its request parameters are used, with the checked endpoints.
  const prepared = readState(state);
  if (!prepared?.authorizeUri) {
    dropState(state);
    throw new LaunchError('discovery', 'The metadata changed while it was read');
  }
  const asked = address.slice(`${prepared.authorizeUri}?`.length);
  const { authorizationEndpoint: authorizeUri, tokenEndpoint: tokenUri } = metadata;
  keepState({ ...prepared, authorizeUri, tokenUri });
  const url = new URL(authorizeUri);
  url.search = url.search ? `${url.search}&${asked}` : asked;
  if (nonce) url.searchParams.set('nonce', nonce);
  keepPending({
    state,
    nonce,
    server: site.server.id,
    issuer: metadata.issuer,
    namesIssuer: metadata.namesIssuer,
    revocation: metadata.revocationEndpoint,
    jwks: metadata.jwksUri,
    scopes,
    at: Date.now(),
  });
  // The launch page is replaced in the history, so that Back returns to the EHR and not to a used
  // launch.
  if (launch) location.replace(url.href);
  else location.assign(url.href);
}

/**
 * Starts an EHR launch (SMART App Launch 2.2, "Launch App: EHR Launch"). Only `iss` and `launch`
 * are read from the URL, and nothing is requested from an issuer that is not configured.
 *
 * @param leaving called with the server of the launch, just before the page navigates away
 * @throws {LaunchError}
 */
export async function launch(
  params: URLSearchParams,
  config: AppConfig,
  leaving: (server: ServerConfig) => void,
): Promise<void> {
  const [iss, ...moreIss] = params.getAll('iss');
  const [value, ...moreValues] = params.getAll('launch');
  if (!iss || !value || moreIss.length > 0 || moreValues.length > 0) {
    throw new LaunchError('bad-launch', 'iss and launch are needed exactly once');
  }
  if (value.length > LONGEST_LAUNCH) throw new LaunchError('bad-launch', 'launch is too long');
  const issuer = findIssuer(iss, config.smartLaunch.issuers);
  if (!issuer) {
    throw new LaunchError('issuer-not-allowed', 'The issuer is not on the list', {
      // Anyone can craft the link, so only a URL is shown, never other text. An administrator
      // compares it with the configuration.
      detail: /^https?:\/\/\S+$/i.test(iss) ? iss.slice(0, 200) : undefined,
    });
  }
  const site = siteOfIssuer(issuer);
  await leaveFor(site, { iss, value });
  leaving(site.server);
}
