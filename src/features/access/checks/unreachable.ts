import type { CheckEnv, Finding } from '../check.ts';

/** The finding for an address that gave nothing this page may read. */
export function unreachable(env: CheckEnv, tested: string, url: string, ms: number): Finding {
  const { t } = env;
  const online = navigator.onLine;
  return {
    verdict: 'bad',
    tested,
    came: t('unreachable', { ms }),
    means: t(online ? 'unreachableMeans' : 'offlineMeans'),
    mend: online ? t('unreachableMend', { url, origin: location.origin }) : t('offlineMend'),
  };
}
