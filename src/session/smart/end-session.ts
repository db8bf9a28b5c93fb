import type { ServerConfig } from '#config/schema.ts';
import { appUrl } from '#lib/url.ts';

/**
 * Returns the URL that ends the session at the provider and redirects back to the app (OpenID
 * Connect RP-Initiated Logout 1.0, 2). `client_id` replaces `id_token_hint`, because a token must
 * not be in a URL and the Content-Security-Policy forbids form submission.
 *
 * @returns undefined if the site configures no endpoint, as always for a launch by an EHR, whose
 * session belongs to the EHR
 */
export function endSessionAddress({ auth }: ServerConfig): string | undefined {
  if (auth.type !== 'smart' || !auth.endSessionEndpoint) return undefined;
  const url = new URL(auth.endSessionEndpoint);
  url.searchParams.set('client_id', auth.clientId);
  url.searchParams.set('post_logout_redirect_uri', appUrl(''));
  return url.href;
}
