import type { CheckEnv, Finding } from '../../check.ts';
import { whySilent, type Silence } from '../../probe.ts';

const MEANS = {
  offline: 'offlineMeans',
  policy: 'silentPolicyMeans',
  redirect: 'silentRedirectMeans',
  unreachable: 'unreachableMeans',
  cors: 'silentCorsMeans',
} as const satisfies Record<Silence, string>;

const MEND = {
  offline: 'offlineMend',
  policy: 'silentPolicyMend',
  redirect: 'silentRedirectMend',
  unreachable: 'unreachableMend',
  cors: 'silentCorsMend',
} as const satisfies Record<Silence, string>;

/** Returns why a URL gave no readable response, what it means and how to fix it. */
export async function silence(
  { t, signal }: CheckEnv,
  url: string,
): Promise<{ readonly why: Silence; readonly means: string; readonly mend: string }> {
  const why = await whySilent(url, signal);
  const values = { url, origin: location.origin, server: new URL(url).origin };
  return { why, means: t(MEANS[why], values), mend: t(MEND[why], values) };
}

/** Returns the finding for a URL without a readable response. */
export async function unreachable(
  env: CheckEnv,
  tested: string,
  url: string,
  ms: number,
): Promise<Finding> {
  const { means, mend } = await silence(env, url);
  return {
    verdict: 'bad',
    tested,
    came: env.t('unreachable', { ms }),
    means,
    mend,
    explains: ['troubleCors'],
  };
}
