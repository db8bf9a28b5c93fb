import type { ServerConfig } from '#config/schema.ts';
import { appUrl } from '#lib/url.ts';

/**
 * Where to send the person to end the session at the provider, too, and from there back to the app
 * (OpenID Connect RP-Initiated Logout 1.0, 2). Without `id_token_hint`: no token stands in an address,
 * and the site's policy submits no form. `client_id` says who asks instead.
 *
 * @returns undefined where the site names no such place, as none does for an EHR that launched the
 *   app: that session is the EHR's own
 */
export function endSessionAddress({ auth }: ServerConfig): string | undefined {
  if (auth.type !== 'smart' || !auth.endSessionEndpoint) return undefined;
  const url = new URL(auth.endSessionEndpoint);
  url.searchParams.set('client_id', auth.clientId);
  url.searchParams.set('post_logout_redirect_uri', appUrl(''));
  return url.href;
}
