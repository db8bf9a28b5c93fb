import type { Check, CheckEnv, Judgement } from '../check.ts';
import { jsonObject, probe } from '../probe.ts';

/**
 * Returns the origins to which the Content-Security-Policy allows requests for the session's
 * server.
 */
function reachable({ server }: CheckEnv): readonly string[] {
  const more = server?.auth.type === 'smart' ? server.auth.endpointOrigins : [];
  return [location.origin, server?.fhirBaseUrl ?? '', ...more]
    .filter((url) => URL.canParse(url))
    .map((url) => new URL(url).origin);
}

async function look(env: CheckEnv, url: string): Promise<Judgement> {
  const { t, signal } = env;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    return {
      verdict: 'attention',
      came: t('styleBad'),
      means: t('styleIgnored'),
      mend: t('styleEhrMend'),
    };
  }
  const { origin } = new URL(url);
  if (!reachable(env).includes(origin)) {
    return {
      verdict: 'attention',
      came: t('styleElsewhere', { origin }),
      means: t('styleElsewhereMeans'),
      mend: t('styleElsewhereMend', { origin }),
    };
  }
  const result = await probe(url, signal, { headers: { accept: 'application/json' } });
  if (result.answered && result.response.ok && (await jsonObject(result.response))) {
    return { verdict: 'good', came: t('styleGood', { ms: result.ms }), means: t('styleGoodMeans') };
  }
  return {
    verdict: 'attention',
    came: result.answered ? t('styleNot', { status: result.response.status }) : t('styleSilent'),
    means: t('styleIgnored'),
    mend: t('styleEhrMend'),
  };
}

/**
 * Checks why the EHR's style document (SMART App Launch 2.2, `smart_style_url`) is applied or not.
 */
export const style: Check = {
  id: 'style',
  title: 'style',
  applies: ({ session }) => session?.context.styleUrl !== undefined,
  run: async (env) => {
    const url = env.session?.context.styleUrl ?? '';
    return { tested: env.t('styleTested', { url: url.slice(0, 200) }), ...(await look(env, url)) };
  },
};
