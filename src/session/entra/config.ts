import type { Configuration } from '@azure/msal-browser';
import type { EntraAuth, ServerConfig } from '#config/schema.ts';
import { appUrl } from '#lib/url.ts';
import { isFramed } from '../environment.ts';
import { authorityOf, knownAuthorities } from './authority.ts';
import { network } from './network.ts';

/** The scopes of the FHIR API: by default what Microsoft's registration guide has one add. */
export function apiScopes(server: ServerConfig, auth: EntraAuth): string[] {
  return auth.scopes ?? [`${server.fhirBaseUrl}/user_impersonation`];
}

/**
 * A second factor takes its time, and so does a proxy of a hospital. When MSAL gives up, after half
 * a minute by default, it forgets the sign-in that goes on all the same.
 */
const PATIENCE_MS = 600_000;

/** MSAL's configuration for a server. */
export function msalConfiguration(auth: EntraAuth): Configuration {
  return {
    auth: {
      clientId: auth.clientId,
      authority: authorityOf(auth),
      knownAuthorities: knownAuthorities(auth),
      // A page without an app in it: silent renewal in a frame and popups end there at once.
      redirectUri: appUrl('redirect.html'),
      // A frame's storage is often partitioned, so that a window cannot answer it. That page can.
      ...(isFramed() ? { popupRelayUri: appUrl('redirect.html') } : {}),
      // Back from signing out: Entra ID goes to a registered address only.
      postLogoutRedirectUri: appUrl('redirect.html'),
    },
    cache: { cacheLocation: 'sessionStorage' },
    system: {
      networkClient: network,
      protocolMode: auth.protocolMode,
      popupBridgeTimeout: PATIENCE_MS,
      redirectNavigationTimeout: PATIENCE_MS,
      // MSAL writes nothing to the console.
      loggerOptions: { loggerCallback: () => {}, piiLoggingEnabled: false },
    },
  };
}
