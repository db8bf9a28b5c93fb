import type { EhrParts } from './ehr-middleware.ts';
import type { Context } from '../provider.ts';

export const END_SESSION_PATH = '/auth/logout';

/**
 * Ends the session: OpenID Connect RP-Initiated Logout 1.0, section 2, for a client that sends its
 * client_id and no id_token_hint. It redirects to a registered address only, and otherwise shows an
 * error (section 3).
 */
export async function ehrEndSession(
  { provider, identity, appOrigins }: EhrParts,
  ctx: Context,
): Promise<void> {
  const { client_id: clientId, post_logout_redirect_uri: target, state } = ctx.query;
  const registered = appOrigins().map((app) => `${app}/`);
  const session = await provider.Session.get(ctx);
  await session.destroy();
  ctx.cookies.set('ehr_session', null);
  if (
    clientId !== identity.clientId ||
    typeof target !== 'string' ||
    !registered.includes(target)
  ) {
    ctx.status = 400;
    ctx.body = 'invalid_request: this post_logout_redirect_uri is not registered';
    return;
  }
  const url = new URL(target);
  if (typeof state === 'string') url.searchParams.set('state', state);
  ctx.redirect(url.href);
}
