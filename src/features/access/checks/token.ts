import type { ServerConfig } from '#config/schema.ts';
import { parseScope } from '#fhir/permissions/scopes.ts';
import type { Session, TokenReport } from '#session/session.ts';
import { text, texts } from '#lib/narrow.ts';
import type { Check, CheckEnv, Fact, Judgement } from '../check.ts';
import { messages } from '../messages.ts';
import { timeFormat } from '../time.ts';
import { audienceProblem } from './helpers/audience.ts';
import { claimFacts } from './helpers/claims.ts';
import { notGranted } from './helpers/granted.ts';
import { mixedScopes } from './helpers/mixed-scopes.ts';
import { tenantOf, usesAzureRoles } from './helpers/tenant.ts';

/** Tolerated clock difference: Entra ID and most servers tolerate five minutes. */
const FORGIVEN_MS = 300_000;

/** Returns the most important problem of a token that the browser can detect. */
export function tokenProblem(
  env: Pick<CheckEnv, 't' | 'locale' | 'session' | 'config'>,
  server: ServerConfig,
  report: TokenReport,
  now: number,
): Judgement | undefined {
  const { t, locale, session } = env;
  const claims = report.claims ?? {};
  const time = timeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  if (report.expiresAt !== undefined && report.expiresAt <= now) {
    return {
      verdict: 'bad',
      came: t('tokenExpired', { time: time.format(report.expiresAt) }),
      means: t('tokenExpiredMeans'),
      mend: t('tokenExpiredMend'),
      explains: ['trouble401'],
    };
  }
  const notBefore = claims['nbf'];
  if (typeof notBefore === 'number' && notBefore * 1000 > now + FORGIVEN_MS) {
    return {
      verdict: 'bad',
      came: t('tokenEarly', { time: time.format(notBefore * 1000) }),
      means: t('tokenEarlyMeans'),
      mend: t('tokenEarlyMend'),
      explains: ['trouble401'],
    };
  }
  const another = audienceProblem(t, server, report);
  if (another?.verdict === 'bad') return another;
  const iss = text(claims['iss']);
  const configured = tenantOf(server, env.config);
  if (iss && configured && !iss.toLowerCase().includes(configured)) {
    return {
      verdict: 'bad',
      came: t('tokenTenant', { iss }),
      means: t('tokenTenantMeans', { tenant: configured }),
      mend: t(server.auth.type === 'token' ? 'tokenTenantPastedMend' : 'tokenTenantMend', {
        tenant: configured,
      }),
      explains: ['trouble401'],
    };
  }
  const permissions = ['scp', 'scope', 'roles'].flatMap((name) => texts(claims[name]));
  if (usesAzureRoles(server) && report.format === 'jwt' && permissions.length === 0) {
    return {
      verdict: 'bad',
      came: t('tokenScope'),
      means: t('tokenScopeMeans'),
      mend: t('tokenScopeMend'),
      explains: ['trouble403'],
    };
  }
  const known = usesAzureRoles(server) ? 'attention' : 'info';
  const mixed = mixedScopes(env, report, known);
  // Mixed scopes come last for other servers, which may accept them.
  const found = [
    known === 'attention' ? mixed : undefined,
    another,
    session?.kind === 'smart' ? scopeProblem(t, session, report) : undefined,
    mixed,
  ].filter((problem) => problem !== undefined);
  return found.find(({ verdict }) => verdict === 'attention') ?? found[0];
}

/** Returns the problem of scopes that the server did not grant or granted only in part. */
function scopeProblem(
  t: CheckEnv['t'],
  { scopes, context }: Session,
  { scopesAsked = [], hasRefreshToken }: TokenReport,
): Judgement | undefined {
  if (!scopes) return undefined;
  const { missing, narrowed } = notGranted(scopesAsked, scopes, { context, hasRefreshToken });
  if (missing.length > 0) {
    return {
      verdict: 'attention',
      came: t('tokenScopesMissing', { list: missing.join(' ') }),
      means: t('tokenScopesMissingMeans'),
      mend: t('tokenScopesMissingMend'),
      ...(missing.some(parseScope) && { explains: ['trouble403'] }),
    };
  }
  if (narrowed.length > 0) {
    return {
      verdict: 'info',
      came: t('tokenScopesNarrowed', { list: narrowed.join(' ') }),
      means: t('tokenScopesNarrowedMeans'),
    };
  }
  return undefined;
}

function facts(env: CheckEnv, report: TokenReport): Fact[] {
  const { t, locale, session } = env;
  const known = messages.en;
  const time = timeFormat(locale, { dateStyle: 'medium', timeStyle: 'long' });
  return [
    ...(report.expiresAt === undefined
      ? []
      : [{ label: t('tokenExpires'), value: time.format(report.expiresAt) }]),
    { label: t('tokenRefresh'), value: t(report.hasRefreshToken ? 'yes' : 'no') },
    ...(report.scopesAsked
      ? [{ label: t('tokenAsked'), value: report.scopesAsked.join(' ') }]
      : []),
    { label: t('tokenGranted'), value: session?.scopes?.join(' ') || t('tokenNotSaid') },
    ...claimFacts(report.header ?? {}, t, known, locale),
    ...claimFacts(report.claims ?? {}, t, known, locale),
  ];
}

export const token: Check = {
  id: 'token',
  title: 'token',
  applies: ({ session }) => session !== undefined,
  run: async (env) => {
    const { t, session, locale } = env;
    const tested = t('tokenTested');
    const report = await session?.inspect();
    if (!session || !report || report.format === 'none') {
      return { verdict: 'info', tested, came: t('tokenNone'), means: t('tokenNoneMeans') };
    }
    const rest = { tested, facts: facts(env, report), personal: true };
    const problem = tokenProblem(env, session.server, report, Date.now());
    if (problem) return { ...rest, ...problem };
    if (report.format === 'opaque') {
      return { ...rest, verdict: 'info', came: t('tokenOpaque'), means: t('tokenOpaqueMeans') };
    }
    const said = report.claims?.['aud'];
    const aud = typeof said === 'string' ? said : texts(said).join(', ');
    const time = timeFormat(locale, { timeStyle: 'short' });
    return {
      ...rest,
      verdict: 'good',
      came:
        report.expiresAt === undefined
          ? t('tokenUntold', { aud })
          : t('tokenOk', { aud, time: time.format(report.expiresAt) }),
      means: t('tokenOkMeans'),
    };
  },
};
