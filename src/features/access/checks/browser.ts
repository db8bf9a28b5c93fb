import { isFramed } from '#session/environment.ts';
import { storageWorks } from '#session/tab-storage/storage.ts';
import type { Check } from '../check.ts';

export const secureContext: Check = {
  id: 'secure-context',
  title: 'secure',
  run: async ({ t }) => {
    const tested = t('secureTested', { origin: location.origin });
    return window.isSecureContext && typeof crypto.subtle === 'object'
      ? { verdict: 'good', tested, came: t('secureYes'), means: t('secureYesMeans') }
      : {
          verdict: 'bad',
          tested,
          came: t('secureNo'),
          means: t('secureNoMeans'),
          mend: t('secureNoMend'),
        };
  },
};

export const storage: Check = {
  id: 'storage',
  title: 'storage',
  run: async ({ t }) => {
    const tested = t('storageTested');
    const cookies = navigator.cookieEnabled ? 'yes' : 'no';
    if (storageWorks() && cookies === 'no') {
      return {
        verdict: 'attention',
        tested,
        came: t('storageYes', { cookies }),
        means: t('cookiesNoMeans'),
        mend: t('cookiesNoMend', { origin: location.origin }),
      };
    }
    return storageWorks()
      ? { verdict: 'good', tested, came: t('storageYes', { cookies }), means: t('storageYesMeans') }
      : {
          verdict: 'bad',
          tested,
          came: t('storageNo', { cookies }),
          means: t('storageNoMeans'),
          mend: t('storageNoMend', { origin: location.origin }),
        };
  },
};

export const framing: Check = {
  id: 'framing',
  title: 'framing',
  run: async ({ t }) => {
    const tested = t('framingTested');
    return isFramed()
      ? {
          verdict: 'info',
          tested,
          came: t('framingYes'),
          means: t('framingYesMeans'),
          mend: t('framingYesMend', { origin: location.origin }),
        }
      : { verdict: 'good', tested, came: t('framingNo'), means: t('framingNoMeans') };
  },
};
