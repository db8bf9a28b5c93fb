import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Check, report, type Tally } from './check.ts';

/** An advisory that was examined and does not fail the build. See `audit-exceptions.json`. */
export interface AuditException {
  /** The advisory's id, such as `GHSA-xxxx-xxxx-xxxx`. */
  readonly id: string;
  /** Why the advisory does no harm here. */
  readonly reason: string;
  /** Last date (`2027-01-31`) on which the exception counts; then it must be examined again. */
  readonly until: string;
}

/** The parts of `npm audit --json` read here: report version 2, or a registry's error. */
interface AuditReport {
  readonly auditReportVersion?: number;
  readonly vulnerabilities?: Readonly<Record<string, { readonly via: readonly unknown[] }>>;
  readonly error?: { readonly code?: string; readonly summary?: string };
  readonly message?: string;
}

interface Advisory {
  readonly name: string;
  readonly title: string;
  readonly url: string;
  readonly severity: string;
}

const SERIOUS = new Set(['high', 'critical']);

const isAdvisory = (via: unknown): via is Advisory =>
  typeof via === 'object' && via !== null && 'severity' in via && 'url' in via;

/** Returns the high and critical advisories of a report, each once. */
function advisories({ vulnerabilities = {} }: AuditReport): readonly Advisory[] {
  const all = Object.values(vulnerabilities)
    .flatMap(({ via }) => via)
    .filter(isAdvisory)
    .filter(({ severity }) => SERIOUS.has(severity));
  return [
    ...new Map(all.map((advisory) => [`${advisory.name} ${advisory.url}`, advisory])).values(),
  ];
}

/**
 * Turns the output of an audit into checks. A high or critical advisory without a valid exception
 * fails, and so does an exception that has expired or that matches no advisory. When the registry
 * offers no audits, the check says so and passes: the build must not depend on the registry.
 *
 * @param answer parsed output of `npm audit --json`; undefined when there was none
 * @param today date such as `2026-11-22`
 */
export function judgeAudit(
  answer: unknown,
  exceptions: readonly AuditException[],
  today: string,
): readonly Check[] {
  const report = (answer ?? {}) as AuditReport;
  const name = 'npm audit: no high or critical advisory (75)';
  if (report.auditReportVersion !== 2) {
    const why = report.error?.summary || report.error?.code || report.message || 'no answer';
    return [{ name, ok: true, detail: `NOT DONE, the registry offers no audit: ${why}` }];
  }
  const found = advisories(report);
  const excused = ({ url }: Advisory): boolean =>
    exceptions.some(({ id, until }) => url.endsWith(`/${id}`) && until >= today);
  const serious = found.filter((advisory) => !excused(advisory));
  const stale = exceptions.filter(
    ({ id, until }) => until < today || !found.some(({ url }) => url.endsWith(`/${id}`)),
  );
  return [
    {
      name,
      ok: serious.length === 0,
      detail: serious.map((a) => `${a.severity} ${a.name}: ${a.title} ${a.url}`).join('; '),
    },
    {
      name: 'audit exceptions are needed and not out of date',
      ok: stale.length === 0,
      detail: stale.map(({ id, until }) => `${id} until ${until}`).join('; '),
    },
  ];
}

/** Asks the registry about the runtime dependencies in the lock file. */
function audit(): unknown {
  const args = ['audit', '--omit=dev', '--audit-level=high', '--json', '--package-lock-only'];
  const options = {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'] as ('ignore' | 'pipe')[],
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, npm_config_audit: 'true', npm_config_fetch_retries: '0' },
    shell: process.platform === 'win32',
  } as const;
  let text: string;
  try {
    text = execFileSync('npm', args, options);
  } catch (error) {
    // npm exits with 1 when it finds advisories, and still prints the report.
    text = (error as { stdout?: string }).stdout ?? '';
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Runs the audit and prints its checks. */
export function checkDependencies(): Tally {
  const file = join(import.meta.dirname, 'audit-exceptions.json');
  const exceptions = JSON.parse(readFileSync(file, 'utf8')) as AuditException[];
  const today = new Date().toISOString().slice(0, 10);
  return report('Dependencies', judgeAudit(audit(), exceptions, today));
}

if (process.argv[1] === import.meta.filename) {
  process.exitCode = checkDependencies().failed > 0 ? 1 : 0;
}
