import {
  interactionPolicy,
  Provider,
  type Configuration,
  type KoaContextWithOIDC,
} from 'oidc-provider';
import { memoryAdapter } from './memory-adapter.ts';
import type { SigningKey } from './signing-key.ts';

export type Context = KoaContextWithOIDC;
export type Next = () => Promise<void>;

export interface ProviderOptions {
  readonly issuer: string;
  /** Prefix of the cookies' names, because browsers share cookies between ports of localhost. */
  readonly name: string;
  readonly key: SigningKey;
  readonly clientId: string;
  readonly redirectUris: () => string[];
  readonly appOrigins: () => readonly string[];
  readonly routes: NonNullable<Configuration['routes']>;
  readonly scopes: readonly string[];
  /** Returns the claims of the id_token of an account. */
  readonly idClaims: (accountId: string) => Record<string, unknown>;
  readonly pkceRequired: () => boolean;
  readonly rotateRefreshToken: () => boolean;
  readonly extraParams?: Configuration['extraParams'];
}

/** Lifetime of sessions and grants in seconds; each server sets that of its access tokens. */
const DAY = 86_400;

/** Returns an oidc-provider for one public client: code flow, PKCE, refresh tokens, own pages. */
export function makeProvider(o: ProviderOptions): Provider {
  return new Provider(o.issuer, {
    adapter: memoryAdapter(() => ({
      client_id: o.clientId,
      token_endpoint_auth_method: 'none',
      // OpenID Connect registration permits http://localhost redirect URIs to native clients only.
      application_type: 'native',
      redirect_uris: o.redirectUris(),
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    })),
    jwks: o.key.privateJwks,
    clientBasedCORS: (_ctx, origin) => o.appOrigins().includes(origin),
    pkce: { required: o.pkceRequired },
    scopes: [...o.scopes],
    claims: { openid: ['sub', ...Object.keys(o.idClaims(''))] },
    conformIdTokenClaims: false,
    ...(o.extraParams && { extraParams: o.extraParams }),
    findAccount: (_ctx, id) => ({
      accountId: id,
      claims: () => Promise.resolve({ sub: id, ...o.idClaims(id) }),
    }),
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
    },
    issueRefreshToken: (_ctx, _client, code) => Promise.resolve(code.scopes.has('offline_access')),
    rotateRefreshToken: o.rotateRefreshToken,
    ttl: {
      AccessToken: DAY,
      AuthorizationCode: 60,
      IdToken: 3600,
      RefreshToken: DAY,
      Interaction: 600,
      Session: DAY,
      Grant: DAY,
    },
    interactions: {
      policy: policy(),
      url: (_ctx, interaction) => `/interaction/${interaction.uid}`,
    },
    cookies: {
      keys: [crypto.randomUUID()],
      names: {
        session: `${o.name}_session`,
        interaction: `${o.name}_interaction`,
        resume: `${o.name}_resume`,
      },
    },
    renderError(ctx, error) {
      ctx.type = 'text/plain';
      ctx.body = `${error.error}: ${error.error_description ?? ''}`;
    },
    routes: o.routes,
  });
}

/** Returns the default prompts without the one that forbids native clients a silent sign-in. */
function policy(): interactionPolicy.DefaultPolicy {
  const prompts = interactionPolicy.base();
  prompts.get('consent')?.checks.remove('native_client_prompt');
  return prompts;
}

/**
 * Removes the session cookie from a request, so that an authorize request always shows the sign-in
 * page: users can sign in as somebody else, and two tabs do not share a session.
 */
export function hideSession(ctx: Context, name: string): void {
  const kept = (ctx.req.headers.cookie ?? '')
    .split(/;\s*/)
    .filter((cookie) => !cookie.startsWith(`${name}_session`));
  ctx.req.headers.cookie = kept.join('; ');
}

/** Finishes an interaction for an account with all scopes granted, and redirects to the app. */
export async function finishInteraction(
  provider: Provider,
  ctx: Context,
  accountId: string,
): Promise<string> {
  const details = await provider.interactionDetails(ctx.req, ctx.res);
  const grant = new provider.Grant({ accountId, clientId: String(details.params.client_id) });
  const { scope } = details.params;
  grant.addOIDCScope(typeof scope === 'string' ? scope : '');
  const grantId = await grant.save();
  const result = { login: { accountId }, consent: { grantId } };
  await redirectWith(provider, ctx, result);
  return grantId;
}

export async function failInteraction(
  provider: Provider,
  ctx: Context,
  error: { error: string; error_description?: string },
): Promise<void> {
  await redirectWith(provider, ctx, error);
}

async function redirectWith(
  provider: Provider,
  ctx: Context,
  result: Parameters<Provider['interactionResult']>[2],
): Promise<void> {
  const to = await provider.interactionResult(ctx.req, ctx.res, result, {
    mergeWithLastSubmission: false,
  });
  ctx.redirect(to);
  ctx.status = 303;
}

/** Redirects to the app with an OAuth error, without oidc-provider. */
export function redirectError(
  ctx: Context,
  redirectUri: string,
  params: Record<string, string | undefined>,
  mode: 'query' | 'fragment',
): void {
  const url = new URL(redirectUri);
  const present = Object.entries(params).filter((p): p is [string, string] => p[1] !== undefined);
  const answer = new URLSearchParams(present);
  if (mode === 'fragment') url.hash = answer.toString();
  else for (const [name, value] of answer) url.searchParams.set(name, value);
  ctx.redirect(url.href);
  ctx.status = 303;
}
