import { setTimeout as sleep } from 'node:timers/promises';
import type { Provider } from 'oidc-provider';
import { entraSignInPage, entraWelcomePage } from './entra-page.ts';
import { entraTokenResponse, type EntraIdentity } from './entra-tokens.ts';
import { ENTRA_USERS } from './entra-users.ts';
import type { OAuthLogEntry } from '../log.ts';
import { pageHeaders, serveStyle } from '../page.ts';
import {
  failInteraction,
  finishInteraction,
  hideSession,
  redirectError,
  type Context,
  type Next,
} from '../provider.ts';
import { answerApp, dropConnection, logged } from '../record.ts';
import { peekForm } from '../request-body.ts';

export interface EntraParts {
  readonly provider: Provider;
  readonly identity: EntraIdentity;
  readonly host: string;
  readonly log: OAuthLogEntry[];
  readonly appOrigins: () => readonly string[];
}

const CANCELLED =
  'AADSTS65004: User declined to consent to access the app. (Sandbox: Cancel was chosen.)';

/** Returns the middleware that adds Entra's own behaviour to the protocol of oidc-provider. */
export function entraMiddleware(parts: EntraParts) {
  const { tenant } = parts.identity;
  return async (ctx: Context, next: Next): Promise<void> => {
    const { path } = ctx;
    if (serveStyle(ctx)) return;
    if (path === '/') {
      ctx.set(pageHeaders({ formTargets: [], frameAncestors: [] }));
      ctx.body = entraWelcomePage(parts.appOrigins());
      return;
    }
    nameTenant(ctx, tenant);
    await logged(ctx, parts.log, kindOf(ctx.path, tenant), (entry) =>
      route(parts, ctx, next, entry),
    );
  };
}

async function route(
  parts: EntraParts,
  ctx: Context,
  next: Next,
  entry: OAuthLogEntry,
): Promise<void> {
  const { path } = ctx;
  if (entry.kind === 'authorize') await authorize(parts, ctx, next);
  else if (path.includes('/oauth2/v2.0/authorize/')) {
    hideSession(ctx, 'entra');
    await next();
  } else if (entry.kind === 'token' && ctx.method === 'POST') await token(parts, ctx, next, entry);
  else if (entry.kind === 'logout') await logout(parts, ctx);
  else if (entry.kind === 'interaction') await interaction(parts, ctx);
  else if (path === '/common/discovery/instance') instanceDiscovery(parts, ctx);
  else if (path.endsWith('/.well-known/openid-configuration')) await metadata(parts, ctx, next);
  else await next();
}

/** Replaces other names of the tenant (`organizations`, `common`, its domain) by its id. */
function nameTenant(ctx: Context, tenant: string): void {
  ctx.path = ctx.path.replace(
    /^\/(?:organizations|common|[\w-]+\.onmicrosoft\.com)(?=\/(?:oauth2|v2\.0|discovery\/v2\.0)\/)/,
    `/${tenant}`,
  );
}

function kindOf(path: string, tenant: string): OAuthLogEntry['kind'] {
  if (path === `/${tenant}/oauth2/v2.0/authorize`) return 'authorize';
  if (path.endsWith('/oauth2/v2.0/token')) return 'token';
  if (path.endsWith('/oauth2/v2.0/logout')) return 'logout';
  if (path.endsWith('/discovery/v2.0/keys')) return 'keys';
  if (path.includes('/.well-known/') || path.includes('/discovery/instance')) return 'metadata';
  return path.startsWith('/interaction/') ? 'interaction' : 'other';
}

async function authorize(parts: EntraParts, ctx: Context, next: Next): Promise<void> {
  const { control, audience } = parts.identity;
  const { redirect_uri: redirectUri, state, prompt } = ctx.query;
  const known = redirectUris(parts.appOrigins());
  const answer = (error: string, description: string): void =>
    redirectError(
      ctx,
      String(redirectUri),
      {
        error,
        error_description: description,
        state: typeof state === 'string' ? state : undefined,
      },
      ctx.query.response_mode === 'query' ? 'query' : 'fragment',
    );
  if (known.includes(String(redirectUri))) {
    const foreign = String(ctx.query.scope ?? '')
      .split(' ')
      .find((s) => s.includes('://') && !s.startsWith(`${audience}/`));
    if (foreign) {
      return answer(
        'invalid_scope',
        `AADSTS70011: The provided value for scope ${foreign} is not valid.`,
      );
    }
    if (prompt === 'none' && control.interactionRequired) {
      return answer('interaction_required', 'AADSTS50076: multi-factor authentication is needed.');
    }
    if (prompt !== 'none' && control.deny) {
      return answer(control.deny.error, control.deny.description);
    }
  }
  if (prompt !== 'none') {
    hideSession(ctx, 'entra');
    // oidc-provider grants offline_access only with prompt=consent; Entra always grants it.
    ctx.query = { ...ctx.query, prompt: 'consent' };
  }
  await next();
}

async function interaction(parts: EntraParts, ctx: Context): Promise<void> {
  const { provider, identity } = parts;
  if (ctx.method === 'POST') {
    const form = await peekForm(ctx.req);
    if (form.has('cancel')) {
      await failInteraction(provider, ctx, {
        error: 'access_denied',
        error_description: CANCELLED,
      });
      return;
    }
    const user = ENTRA_USERS.find((u) => u.id === form.get('user'));
    if (user) await finishInteraction(provider, ctx, user.id);
    else ctx.throw(400, 'no such user');
    return;
  }
  if (identity.control.signInAs) {
    await finishInteraction(provider, ctx, identity.control.signInAs);
    return;
  }
  await provider.interactionDetails(ctx.req, ctx.res);
  ctx.set(pageHeaders({ formTargets: parts.appOrigins(), frameAncestors: [] }));
  ctx.body = entraSignInPage(ctx.path, ENTRA_USERS);
}

async function token(
  parts: EntraParts,
  ctx: Context,
  next: Next,
  entry: OAuthLogEntry,
): Promise<void> {
  const { control } = parts.identity;
  if (control.tokenDelay > 0) await sleep(control.tokenDelay);
  if (control.tokenFailure === 'drop') {
    dropConnection(ctx);
    return;
  }
  const refusal =
    control.tokenFailure ?? (entry.params.grant_type === 'refresh_token' && refreshRefusal(parts));
  if (refusal) {
    answerApp(ctx, parts.appOrigins(), refusal);
    return;
  }
  await next();
  const user = ENTRA_USERS.find((u) => u.id === ctx.oidc.entities.Account?.accountId);
  if (ctx.status !== 200 || !user) return;
  ctx.body = await entraTokenResponse(parts.identity, user, ctx.body as Record<string, unknown>);
  entry.response = ctx.body;
}

function refreshRefusal({ identity: { control } }: EntraParts) {
  if (control.interactionRequired) {
    return {
      status: 400,
      body: {
        error: 'interaction_required',
        error_description: 'AADSTS50076: multi-factor authentication is needed.',
        suberror: 'basic_action',
        claims: '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}',
      },
    };
  }
  if (!control.refuseRefresh) return undefined;
  return {
    status: 400,
    body: {
      error: 'invalid_grant',
      error_description:
        'AADSTS700084: The refresh token was issued to a single page app and has expired.',
    },
  };
}

/** Returns the registered redirect URIs. */
const redirectUris = (appOrigins: readonly string[]): string[] =>
  appOrigins.map((origin) => `${origin}/redirect.html`);

/** Ends the session. Entra requires neither `client_id` nor `id_token_hint`. */
async function logout({ provider, appOrigins }: EntraParts, ctx: Context): Promise<void> {
  const session = await provider.Session.get(ctx);
  await session.destroy();
  ctx.cookies.set('entra_session', null);
  const { post_logout_redirect_uri: target, state } = ctx.query;
  if (typeof target === 'string' && redirectUris(appOrigins()).includes(target)) {
    const url = new URL(target);
    if (typeof state === 'string') url.searchParams.set('state', state);
    ctx.redirect(url.href);
    return;
  }
  ctx.body = 'You are signed out of the sandbox.';
}

function instanceDiscovery({ identity, host }: EntraParts, ctx: Context): void {
  ctx.set('access-control-allow-origin', '*');
  ctx.body = {
    tenant_discovery_endpoint: `${identity.issuer}/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  };
}

async function metadata({ identity }: EntraParts, ctx: Context, next: Next): Promise<void> {
  const asked = ctx.path;
  ctx.path = '/.well-known/openid-configuration';
  await next();
  ctx.path = asked;
  const base = identity.issuer.replace(/\/v2\.0$/, '');
  const body: Record<string, unknown> = {
    ...(ctx.body as Record<string, unknown>),
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
  };
  const changed = identity.control.metadata ? identity.control.metadata(body) : body;
  if (typeof changed === 'number') {
    ctx.status = changed;
    ctx.body = '';
  } else ctx.body = changed;
}
