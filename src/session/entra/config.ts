import type { Configuration } from '@azure/msal-browser';
import type { EntraAuth, ServerConfig } from '#config/schema.ts';
import { appUrl } from '#lib/url.ts';
import { isFramed } from '../environment.ts';
import { authorityOf, knownAuthorities } from './authority.ts';
import { network } from './network.ts';

/**
 * Returns the scopes of the FHIR API; the default is the scope in Microsoft's registration guide.
 */
export function apiScopes(server: ServerConfig, auth: EntraAuth): string[] {
  return auth.scopes ?? [`${server.fhirBaseUrl}/user_impersonation`];
}

/**
 * Milliseconds before MSAL gives up. A second factor or a hospital's proxy can take long, and after
 * the default of 30 seconds MSAL forgets a sign-in that is still in progress.
 */
const PATIENCE_MS = 600_000;

/** Returns MSAL's configuration for a server. */
export function msalConfiguration(auth: EntraAuth): Configuration {
  return {
    auth: {
      clientId: auth.clientId,
      authority: authorityOf(auth),
      knownAuthorities: knownAuthorities(auth),
      // This page does not load the app, so silent renewal in a frame and popups finish quickly.
      redirectUri: appUrl('redirect.html'),
      // The storage of a frame is often partitioned, so a popup cannot respond to it; the relay
      // page can.
      ...(isFramed() ? { popupRelayUri: appUrl('redirect.html') } : {}),
      // After a sign-out Entra ID redirects only to a registered address.
      postLogoutRedirectUri: appUrl('redirect.html'),
    },
    cache: { cacheLocation: 'sessionStorage' },
    system: {
      networkClient: network,
      protocolMode: auth.protocolMode,
      popupBridgeTimeout: PATIENCE_MS,
      redirectNavigationTimeout: PATIENCE_MS,
      // Keeps MSAL from logging to the console.
      loggerOptions: { loggerCallback: () => {}, piiLoggingEnabled: false },
    },
  };
}
