import type { EntraAuth, SmartAuth } from '#config/schema.ts';
import { text, texts } from '#lib/narrow.ts';
import { authorityOf, mayIssue, metadataUrl } from '#session/entra/authority.ts';
import type { Check, CheckEnv, Fact, Finding, Judgement, T } from '../check.ts';
import { jsonObject, probe } from '../probe.ts';
import { ENDPOINTS, lacking } from './helpers/endpoints.ts';
import { wrongStatus } from './helpers/passing.ts';
import { listed, smartIssuer } from './smart-issuer.ts';
import { silence } from './helpers/unreachable.ts';

interface Place {
  readonly url: string;
  readonly tested: string;
}

/** Returns the URL of the metadata of a server's identity provider. */
const addressOf = (base: string, auth: EntraAuth | SmartAuth): string =>
  auth.type === 'smart' ? `${base}/.well-known/smart-configuration` : metadataUrl(auth);

/**
 * Returns the origin of an endpoint, which may be relative to the FHIR base; the value itself if it
 * is not a URL.
 */
function originOf(value: string, base: string): string {
  if (!URL.canParse(value, `${base}/`)) return value;
  const { origin, protocol } = new URL(value, `${base}/`);
  return origin === 'null' ? protocol : origin;
}

const TENANT = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** Whether both URLs contain a tenant id, and these differ. */
function differs(authority: string, issuer: string): boolean {
  const [a, b] = [authority, issuer].map((url) => TENANT.exec(url)?.[0].toLowerCase());
  return a !== undefined && b !== undefined && a !== b;
}

const yesNo = (declared: readonly string[]): string =>
  declared.length === 0 ? 'other' : declared.includes('S256') ? 'yes' : 'no';

/** Returns the meaning of a response that is not metadata. */
function noMetadata(t: T, auth: EntraAuth | SmartAuth, response: Response): Judgement {
  const { ok, status } = response;
  const came = ok ? t('providerNotJson') : t('providerStatus', { status });
  const wrong = wrongStatus(t, response, came);
  if (wrong) return wrong;
  return auth.type === 'smart'
    ? { verdict: 'bad', came, means: t('smartNoneMeans'), mend: t('smartNoneMend') }
    : { verdict: 'bad', came, means: t('providerStatusMeans'), mend: t('providerStatusMend') };
}

function judge(
  env: CheckEnv,
  { tested, url }: Place,
  auth: EntraAuth | SmartAuth,
  json: Readonly<Record<string, unknown>>,
): Finding {
  const { t, server, locale } = env;
  const issuer = text(json['issuer']);
  const s256 = yesNo(texts(json['code_challenge_methods_supported']));
  const endpoints = ENDPOINTS.map((name): Fact => ({
    label: name,
    value: text(json[name]) ?? '–',
  }));
  const facts: Fact[] = [...endpoints, { label: 'jwks_uri', value: text(json['jwks_uri']) ?? '–' }];
  const came = t('providerOk', { issuer: issuer ?? t('tokenNotSaid'), s256 });

  const lacks = lacking(json, locale);
  if (lacks !== undefined) {
    return {
      verdict: 'bad',
      tested,
      came: t('providerLacks', { list: lacks }),
      means: t('providerLacksMeans'),
      mend: t('providerLacksMend', { url }),
      facts,
    };
  }
  if (auth.type === 'smart') {
    const base = server?.fhirBaseUrl ?? '';
    const allowed = listed(base, auth);
    const elsewhere = endpoints.find(({ value }) => !allowed.includes(originOf(value, base)));
    if (elsewhere) {
      const origin = originOf(elsewhere.value, base);
      const means = t('providerEndpointMeans', { origin });
      return { verdict: 'bad', tested, came, means, mend: t('providerEndpointMend'), facts };
    }
    if (s256 !== 'yes' && auth.pkce === 'required') {
      const means = t('providerNoS256Means');
      return { verdict: 'bad', tested, came, means, mend: t('providerNoS256Mend'), facts };
    }
  } else if (issuer && !mayIssue(issuer, auth)) {
    return {
      verdict: 'bad',
      tested,
      came: t('providerIssuer', { issuer }),
      means: t('providerIssuerMeans'),
      mend: t('providerIssuerMend'),
      facts,
    };
  }
  if (auth.type === 'entra' && issuer && differs(authorityOf(auth), issuer)) {
    const means = t('providerTenantMeans');
    return { verdict: 'bad', tested, came, means, mend: t('providerTenantMend'), facts };
  }
  return { verdict: 'good', tested, came, means: t('providerOkMeans'), facts };
}

export const provider: Check = {
  id: 'provider',
  title: 'provider',
  applies: ({ server }) => server?.auth.type === 'entra' || server?.auth.type === 'smart',
  run: async (env) => {
    const { t, server, signal } = env;
    const auth = server?.auth;
    if (!server || !auth || (auth.type !== 'entra' && auth.type !== 'smart')) {
      return {
        verdict: 'info',
        tested: '',
        came: t('providerNone'),
        means: t('providerNoneMeans'),
      };
    }
    const url = addressOf(server.fhirBaseUrl, auth);
    const tested = t('providerTested', { url });
    const result = await probe(url, signal, { headers: { accept: 'application/json' } });
    if (!result.answered) {
      const { why, means, mend } = await silence(env, url);
      return {
        verdict: 'bad',
        tested,
        came: t('providerUnreachable'),
        means: `${t('providerUnreachableMeans')} ${means}`,
        mend: why === 'unreachable' && auth.type === 'entra' ? t('providerUnreachableMend') : mend,
      };
    }
    const json = result.response.ok ? await jsonObject(result.response) : undefined;
    if (!json) return { tested, ...noMetadata(t, auth, result.response) };
    const judged = judge(env, { tested, url }, auth, json);
    if (auth.type !== 'smart' || judged.verdict !== 'good') return judged;
    return { ...judged, ...(await smartIssuer(env, auth, text(json['issuer']))) };
  },
};
