import { appUrl } from '#lib/url.ts';
import type { Check } from '../check.ts';
import { probe } from '../probe.ts';

/** Entra ID and most servers tolerate five minutes; one minute is worth a warning. */
const FORGIVEN_S = 300;
const WORTH_A_LOOK_S = 60;

export const clock: Check = {
  id: 'clock',
  title: 'clock',
  run: async ({ t, signal }) => {
    const tested = t('clockTested');
    // The `Date` of the app's own web server is always readable, and networks share their time.
    const result = await probe(appUrl('config.json'), signal, { method: 'HEAD' });
    const date = result.answered ? Date.parse(result.response.headers.get('date') ?? '') : NaN;
    if (Number.isNaN(date)) {
      return { verdict: 'info', tested, came: t('clockUnknown'), means: t('clockUnknownMeans') };
    }
    const seconds = Math.abs(Math.round((Date.now() - date) / 1000));
    const came = t('clockOk', { seconds: seconds <= 2 ? 0 : seconds });
    if (seconds < WORTH_A_LOOK_S) {
      return { verdict: 'good', tested, came, means: t('clockOkMeans') };
    }
    return {
      verdict: seconds > FORGIVEN_S ? 'bad' : 'attention',
      tested,
      came,
      means: t('clockBadMeans'),
      mend: t('clockBadMend'),
      explains: ['trouble401'],
    };
  },
};
