import type { Provider } from 'oidc-provider';
import type { Directory } from '../directory.ts';
import { END_SESSION_PATH, ehrEndSession } from './ehr-end-session.ts';
import { ehrInteraction } from './ehr-interaction.ts';
import { ehrRevoke, ehrToken } from './ehr-token-endpoint.ts';
import type { EhrIdentity } from './ehr-tokens.ts';
import { knownScopes, type LaunchContext, type SmartGrant } from '../launch-context.ts';
import { combinedReplyUrl, LEGACY_PATH, legacyAuthorize, legacyCallback } from '../legacy-proxy.ts';
import type { OAuthLogEntry } from '../log.ts';
import { serveStyle } from '../page.ts';
import { hideSession, redirectError, type Context, type Next } from '../provider.ts';
import { dropConnection, locationOf, logged } from '../record.ts';
import { SMART_STYLE } from '../smart-configuration.ts';

export interface EhrParts {
  readonly provider: Provider;
  readonly identity: EhrIdentity;
  readonly directory: Directory;
  readonly log: OAuthLogEntry[];
  readonly appOrigins: () => readonly string[];
  readonly redirectUris: () => readonly string[];
  readonly launches: Map<string, LaunchContext>;
  /** The grants by oidc-provider's grant id. */
  readonly grants: Map<string, SmartGrant>;
  readonly revoked: Set<string>;
  readonly newLaunch: (context: LaunchContext) => string;
}

/** Returns the middleware that adds SMART's extensions to the OAuth protocol of oidc-provider. */
export function ehrMiddleware(parts: EhrParts) {
  return async (ctx: Context, next: Next): Promise<void> => {
    if (serveStyle(ctx)) return;
    if (ctx.path === '/smart-style.json') {
      ctx.set('access-control-allow-origin', '*');
      ctx.body = SMART_STYLE;
      return;
    }
    await logged(ctx, parts.log, kindOf(ctx.path), (entry) => route(parts, ctx, next, entry));
  };
}

function kindOf(path: string): OAuthLogEntry['kind'] {
  if (path === '/auth/authorize' || path === `${LEGACY_PATH}/authorize`) return 'authorize';
  if (path === '/auth/token' || path === `${LEGACY_PATH}/token`) return 'token';
  if (path === '/auth/revoke') return 'revoke';
  if (path === END_SESSION_PATH) return 'logout';
  if (path === '/auth/jwks') return 'keys';
  if (path.includes('/.well-known/')) return 'metadata';
  return path.startsWith('/interaction/') ? 'interaction' : 'other';
}

async function route(
  parts: EhrParts,
  ctx: Context,
  next: Next,
  entry: OAuthLogEntry,
): Promise<void> {
  if (entry.kind === 'authorize') await authorize(parts, ctx, next);
  else if (entry.kind === 'token' && ctx.method === 'POST') await ehrToken(parts, ctx, next, entry);
  else if (entry.kind === 'revoke' && ctx.method === 'POST')
    await ehrRevoke(parts, ctx, next, entry);
  else if (entry.kind === 'logout') await ehrEndSession(parts, ctx);
  else if (entry.kind === 'interaction') await ehrInteraction(parts, ctx);
  else if (entry.kind === 'keys' && !parts.identity.control.keysReachable) dropConnection(ctx);
  else if (ctx.path.startsWith(`${LEGACY_PATH}/callback/`)) legacyAnswer(parts, ctx);
  else {
    if (ctx.path.startsWith(LEGACY_PATH)) ctx.path = ctx.path.replace(LEGACY_PATH, '/auth');
    if (ctx.path.startsWith('/auth/authorize/')) hideSession(ctx, 'ehr');
    await next();
  }
  adjustRedirect(parts, ctx);
}

async function authorize(parts: EhrParts, ctx: Context, next: Next): Promise<void> {
  const { control } = parts.identity;
  let query: Record<string, string> = Object.fromEntries(new URLSearchParams(ctx.querystring));
  if (ctx.path.startsWith(LEGACY_PATH)) {
    const legacy = legacyAuthorize(new URLSearchParams(ctx.querystring), parts.identity.issuer);
    if (!legacy) {
      ctx.status = 400;
      ctx.body = 'launch is not base64url JSON';
      return;
    }
    query = { ...legacy.query, launch: parts.newLaunch(legacy.context) };
    ctx.path = '/auth/authorize';
  }
  const { redirect_uri: redirectUri = '', state, scope = '', launch } = query;
  const planned = control.authorizeError ?? launchProblem(launch, scope);
  const known = parts
    .redirectUris()
    .flatMap((uri) => [uri, combinedReplyUrl(parts.identity.issuer, uri)]);
  if (planned && known.includes(redirectUri)) {
    const { error, description } = planned;
    redirectError(
      ctx,
      redirectUri,
      { error, error_description: description, state: planned.withState ? state : undefined },
      'query',
    );
    return;
  }
  if (query.prompt !== 'none') {
    hideSession(ctx, 'ehr');
    query.prompt = 'consent';
  }
  // oidc-provider needs a fixed list of scopes, but SMART scopes are an open set. It gets two fixed
  // scopes; a parameter of its own carries the requested ones to the grant.
  ctx.query = {
    ...query,
    scope: 'openid offline_access',
    smart_scope: knownScopes(scope).join(' '),
  };
  await next();
}

function legacyAnswer({ redirectUris }: EhrParts, ctx: Context): void {
  const target = legacyCallback(ctx.path, new URLSearchParams(ctx.querystring), redirectUris());
  if (target === undefined) ctx.throw(400, 'this reply URL belongs to no app');
  else ctx.redirect(target);
}

const launchProblem = (launch: string | undefined, scope: string) =>
  launch !== undefined && !knownScopes(scope).includes('launch')
    ? {
        error: 'invalid_scope',
        description: 'An EHR launch needs the scope launch.',
        withState: true,
      }
    : undefined;

/** Changes the redirect to the app as the control says. */
function adjustRedirect(parts: EhrParts, ctx: Context): void {
  const location = locationOf(ctx);
  if (!parts.redirectUris().some((uri) => location.startsWith(`${uri}?`))) return;
  const { control } = parts.identity;
  const url = new URL(location);
  if (control.responseIssuer === null) url.searchParams.delete('iss');
  else if (control.responseIssuer !== undefined)
    url.searchParams.set('iss', control.responseIssuer);
  ctx.set('location', url.href);
}
