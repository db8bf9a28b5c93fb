import { placeholdersIn } from '#config/placeholder.ts';
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
    const placeholders = placeholdersIn(config);
    const [placeholder] = placeholders;
    if (placeholder) {
      return {
        verdict: 'bad',
        tested,
        came: t('configurationSample', { value: placeholder.value }),
        means: t('configurationSampleMeans'),
        mend: t('configurationSampleMend'),
        facts: placeholders.map((p) => ({ label: p.path, value: p.value })),
      };
    }
    if (problems.length > 0) {
      return {
        verdict: 'bad',
        tested,
        came: t('configurationIds'),
        means: t('configurationSampleMeans'),
        mend: t('configurationIdsMend'),
        facts: problems.map((p) => ({ label: p.path, value: p.message })),
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
