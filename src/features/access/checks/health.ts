import { text } from '#lib/narrow.ts';
import type { Check } from '../check.ts';
import { jsonObject, probe } from '../probe.ts';

/** Checks `/health/check`, which Azure's servers have and others may not. */
export const health: Check = {
  id: 'health',
  title: 'health',
  applies: ({ server }) => server !== undefined,
  run: async ({ t, server, signal }) => {
    const url = `${server?.fhirBaseUrl}/health/check`;
    const tested = t('healthTested', { url });
    const result = await probe(url, signal);
    const status = result.answered ? result.response.status : 0;
    const state = result.answered
      ? text((await jsonObject(result.response))?.['overallStatus'])
      : undefined;
    if (!state) {
      return { verdict: 'info', tested, came: t('healthNone'), means: t('healthNoneMeans') };
    }
    const well = status === 200 && state !== 'Unhealthy';
    const values = { status, state: state.slice(0, 60) };
    return well
      ? { verdict: 'good', tested, came: t('healthOk', values), means: t('healthOkMeans') }
      : {
          verdict: 'bad',
          tested,
          came: t('healthBad', values),
          means: t('healthBadMeans'),
          mend: t('healthBadMend'),
        };
  },
};
