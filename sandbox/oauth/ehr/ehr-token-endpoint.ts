import { setTimeout as sleep } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import type { EhrParts } from './ehr-middleware.ts';
import { smartTokenResponse } from './ehr-tokens.ts';
import { knownScopes } from '../launch-context.ts';
import { LEGACY_PATH, legacyTokenRequest, legacyTokenResponse } from '../legacy-proxy.ts';
import type { OAuthLogEntry } from '../log.ts';
import type { Context, Next } from '../provider.ts';
import { answerApp, dropConnection } from '../record.ts';
import { replaceForm } from '../request-body.ts';

const oauthError = (error: string, description: string) => ({
  status: 400,
  body: { error, error_description: description },
});

/** Answers the token endpoint: oidc-provider checks the request, then SMART's fields are added. */
export async function ehrToken(
  parts: EhrParts,
  ctx: Context,
  next: Next,
  entry: OAuthLogEntry,
): Promise<void> {
  const { control, clientId } = parts.identity;
  if (control.tokenDelay > 0) await sleep(control.tokenDelay);
  if (control.tokenFailure === 'drop') return dropConnection(ctx);
  const refusal =
    control.tokenFailure ??
    (entry.params.grant_type === 'refresh_token' && control.refresh === 'refuse'
      ? oauthError('invalid_grant', 'The refresh token is not valid any more.')
      : undefined);
  if (refusal) return answerApp(ctx, parts.appOrigins(), refusal);

  const legacy = ctx.path.startsWith(LEGACY_PATH);
  let form = new URLSearchParams(entry.params);
  if (legacy) {
    ctx.path = '/auth/token';
    form = legacyTokenRequest(form, parts.identity.issuer);
  }
  // oidc-provider knows only two fixed scopes; the requested narrower scope is applied below.
  form.delete('scope');
  await replaceForm(ctx.req, form);
  await next();

  const grant = parts.grants.get(ctx.oidc.entities.Grant?.jti ?? '');
  if (ctx.status !== 200 || !grant) return;
  const narrower = entry.params.scope ? knownScopes(entry.params.scope) : grant.scope;
  if (!narrower.every((scope) => grant.scope.includes(scope))) {
    return answerApp(ctx, parts.appOrigins(), oauthError('invalid_scope', 'more than was granted'));
  }
  const response = await smartTokenResponse(
    parts.identity,
    { ...grant, scope: narrower },
    ctx.body as Record<string, unknown>,
  );
  ctx.body = legacy ? legacyTokenResponse(response as Record<string, unknown>, clientId) : response;
  entry.response = ctx.body;
}

/** Revokes a token (RFC 7009): access tokens itself, refresh tokens through oidc-provider. */
export async function ehrRevoke(
  parts: EhrParts,
  ctx: Context,
  next: Next,
  entry: OAuthLogEntry,
): Promise<void> {
  const token = entry.params.token ?? '';
  const claims = parts.identity.opaque.get(token) ?? decoded(token);
  if (!claims) return next();
  parts.revoked.add(String(claims.jti));
  return answerApp(ctx, parts.appOrigins(), { status: 200, body: '' });
}

function decoded(token: string) {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}
