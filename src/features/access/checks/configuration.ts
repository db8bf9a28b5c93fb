import type { Check } from '../check.ts';

export const configuration: Check = {
  id: 'configuration',
  title: 'configuration',
  run: async ({ t, config, problems }) => {
    const tested = t('configurationTested');
    if (!config) {
      return {
        verdict: 'bad',
        tested,
        came: t('configurationBad', { count: problems.length }),
        means: t('configurationBadMeans'),
        mend: t('configurationBadMend'),
        facts: problems.map((p) => ({ label: p.path, value: p.message })),
      };
    }
    const placeholder = JSON.stringify(config.servers).match(/<[a-z][\w -]*>/i)?.[0];
    if (placeholder) {
      return {
        verdict: 'bad',
        tested,
        came: t('configurationSample', { value: placeholder }),
        means: t('configurationBadMeans'),
        mend: t('configurationSampleMend'),
      };
    }
    return {
      verdict: 'good',
      tested,
      came: t('configurationOk', {
        servers: config.servers.length,
        issuers: config.smartLaunch.issuers.length,
      }),
      means: t('configurationOkMeans'),
    };
  },
};
