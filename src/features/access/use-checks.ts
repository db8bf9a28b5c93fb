import { useEffect, useState } from 'react';
import type { Check, CheckEnv, Finding } from './check.ts';
import { CHECKS } from './checks.ts';

export interface CheckRow {
  readonly check: Check;
  readonly finding: Finding | undefined;
}

export interface ChecksRun {
  readonly rows: readonly CheckRow[];
  /** Check that is running; undefined when all are done. */
  readonly current: Check | undefined;
  readonly finishedAt: Date | undefined;
}

const NOTHING: ChecksRun = { rows: [], current: undefined, finishedAt: undefined };

/**
 * Runs the checks one after the other, again whenever `env` changes.
 *
 * @param env undefined until it is known
 */
export function useChecks(env: Omit<CheckEnv, 'signal'> | undefined): ChecksRun {
  const [run, setRun] = useState<ChecksRun>(NOTHING);

  useEffect(() => {
    if (!env) return undefined;
    const controller = new AbortController();
    const full: CheckEnv = { ...env, signal: controller.signal };
    const checks = CHECKS.filter((check) => check.applies?.(full) ?? true);
    const rows: CheckRow[] = checks.map((check) => ({ check, finding: undefined }));

    const runAll = async (): Promise<void> => {
      for (const [index, check] of checks.entries()) {
        setRun({ rows: [...rows], current: check, finishedAt: undefined });
        // oxlint-disable-next-line no-await-in-loop -- in order, to show the progress
        const finding = await runOne(check, full);
        if (controller.signal.aborted) return;
        rows[index] = { check, finding };
      }
      setRun({ rows: [...rows], current: undefined, finishedAt: new Date() });
    };
    void runAll();
    return () => controller.abort();
  }, [env]);

  return run;
}

async function runOne(check: Check, env: CheckEnv): Promise<Finding> {
  try {
    return await check.run(env);
  } catch (error) {
    const { t } = env;
    return {
      verdict: 'attention',
      tested: t(check.title),
      came: error instanceof Error ? error.name : t('broke'),
      means: t('broke'),
      mend: t('brokeMend'),
    };
  }
}
