import { texts } from '#lib/narrow.ts';
import type { Check } from '../check.ts';
import { jsonObject, probe } from '../probe.ts';

export const smart: Check = {
  id: 'smart',
  title: 'smart',
  applies: ({ server }) => server !== undefined,
  run: async ({ t, server, signal, locale }) => {
    const url = `${server?.fhirBaseUrl}/.well-known/smart-configuration`;
    const tested = t('smartTested', { url });
    const needed = server?.auth.type === 'smart';
    const result = await probe(url, signal, { headers: { accept: 'application/json' } });
    const json =
      result.answered && result.response.ok ? await jsonObject(result.response) : undefined;
    if (!json) {
      return {
        verdict: needed ? 'bad' : 'info',
        tested,
        came: result.answered
          ? t('smartNone', { status: result.response.status })
          : t('unreachable', { ms: result.ms }),
        means: t(needed ? 'smartNoneNeeded' : 'smartNoneMeans'),
        ...(needed ? { mend: t('smartNoneMend') } : {}),
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
