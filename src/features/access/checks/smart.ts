import { texts } from '#lib/narrow.ts';
import type { Check, CheckEnv, Judgement } from '../check.ts';
import { jsonObject, probe, type Probe } from '../probe.ts';
import { lacking } from './helpers/endpoints.ts';
import { wrongStatus } from './helpers/passing.ts';
import { silence } from './helpers/unreachable.ts';

/** Returns the meaning of a missing document for a sign-in that needs it. */
async function missing(env: CheckEnv, url: string, result: Probe): Promise<Judgement> {
  const { t, server } = env;
  if (!result.answered) {
    const { means, mend } = await silence(env, url);
    const came = t('unreachable', { ms: result.ms });
    return { verdict: 'bad', came, means, mend, explains: ['troubleCors'] };
  }
  const came = t('smartNone', { status: result.response.status });
  const wrong = wrongStatus(t, result.response, came);
  if (wrong) return wrong;
  const means = t(server?.auth.type === 'smart' ? 'smartNoneNeeded' : 'smartNoneMeans');
  return { verdict: 'bad', came, means, mend: t('smartNoneMend') };
}

export const smart: Check = {
  id: 'smart',
  title: 'smart',
  applies: ({ server }) => server !== undefined,
  run: async (env) => {
    const { t, server, signal, locale } = env;
    const url = `${server?.fhirBaseUrl}/.well-known/smart-configuration`;
    const tested = t('smartTested', { url });
    const needed = server?.auth.type === 'smart';
    const result = await probe(url, signal, { headers: { accept: 'application/json' } });
    const json =
      result.answered && result.response.ok ? await jsonObject(result.response) : undefined;
    if (!json) {
      const found = await missing(env, url, result);
      // Other kinds of sign-in do not need the document, so nothing must be fixed.
      const { came, means } = found;
      return { tested, ...(needed ? found : { verdict: 'info', came, means }) };
    }
    const lacks = lacking(json, locale);
    if (lacks !== undefined) {
      return {
        verdict: needed ? 'bad' : 'info',
        tested,
        came: t('providerLacks', { list: lacks }),
        means: t(needed ? 'providerLacksMeans' : 'smartNoneMeans'),
        ...(needed && { mend: t('providerLacksMend', { url }) }),
        json,
      };
    }
    const list = new Intl.ListFormat(locale).format(texts(json['capabilities']));
    return {
      verdict: 'good',
      tested,
      came: t('smartOk', { list }),
      means: t('smartOkMeans'),
      json,
    };
  },
};
