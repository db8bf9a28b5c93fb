import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { judgeAudit, type AuditException } from '../../.ci/audit.ts';
import { checkBuild } from '../../.ci/budgets.ts';

const TODAY = '2026-11-22';

/** A report of npm 10 and 11: an advisory for a package, and another package that depends on it. */
const found = (severity: string): unknown => ({
  auditReportVersion: 2,
  vulnerabilities: {
    deep: {
      name: 'deep',
      severity,
      via: [
        {
          source: 1,
          name: 'deep',
          severity,
          title: 'Bad',
          url: 'https://github.com/advisories/GHSA-1',
        },
      ],
    },
    direct: { name: 'direct', severity, via: ['deep'] },
  },
});
const excuse = (o: Partial<AuditException> = {}): AuditException[] => [
  { id: 'GHSA-1', reason: 'not reached', until: '2027-01-01', ...o },
];
const failing = (...o: Parameters<typeof judgeAudit>): string[] =>
  judgeAudit(...o)
    .filter(({ ok }) => !ok)
    .map(({ detail }) => detail);

describe('requirement 75: the audit of the dependencies', () => {
  it.each(['high', 'critical'])('fails for a %s advisory, reported once', (severity) => {
    expect(failing(found(severity), [], TODAY)).toEqual([
      `${severity} deep: Bad https://github.com/advisories/GHSA-1`,
    ]);
  });

  it('passes a moderate advisory, and a high one with a valid exception', () => {
    expect(failing(found('moderate'), [], TODAY)).toEqual([]);
    expect(failing(found('high'), excuse(), TODAY)).toEqual([]);
  });

  it('fails for an exception that has expired, or that matches no advisory', () => {
    expect(failing(found('high'), excuse({ until: '2026-11-21' }), TODAY)).toHaveLength(2);
    expect(failing({ auditReportVersion: 2, vulnerabilities: {} }, excuse(), TODAY)).toEqual([
      'GHSA-1 until 2027-01-01',
    ]);
  });

  it.each([
    ['no audits', { message: '405 Method Not Allowed', error: { summary: '', detail: '' } }, '405'],
    ['no registry', { error: { code: 'ENOTFOUND', summary: '' } }, 'ENOTFOUND'],
    ['no answer', undefined, 'no answer'],
  ])('passes and reports that no audit was done: %s', (_, answer, words) => {
    const [check, ...more] = judgeAudit(answer, [], TODAY);
    expect(more).toEqual([]);
    expect(check?.ok).toBe(true);
    expect(check?.detail).toMatch(/^NOT DONE/);
    expect(check?.detail).toContain(words);
  });

  it('has a reason and a date for each exception', () => {
    const exceptions = JSON.parse(
      readFileSync('.ci/audit-exceptions.json', 'utf8'),
    ) as AuditException[];
    for (const { id, reason, until } of exceptions) {
      expect(id).toMatch(/^GHSA-/);
      expect(reason.length).toBeGreaterThan(20);
      expect(until).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });
});

describe('requirement 75: the lock file', () => {
  const { lockfileVersion, packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    lockfileVersion: number;
    packages: Record<string, { integrity?: string; resolved?: string; link?: boolean }>;
  };
  const entries = Object.entries(packages).filter(([path]) => path !== '');

  it('holds the hash of every package', () => {
    expect(lockfileVersion).toBe(3);
    expect(entries.length).toBeGreaterThan(100);
    expect(entries.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
  });

  it('names no host, so that it works with every registry', () => {
    expect(entries.filter(([, { resolved, link }]) => resolved || link)).toEqual([]);
  });

  it('has every direct dependency in docs/bundle.md (`npm run bundle-report` updates it)', () => {
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const page = readFileSync('docs/bundle.md', 'utf8');
    expect(Object.keys(dependencies).filter((name) => !page.includes(`| ${name} `))).toEqual([]);
  });

  it('belongs to a package.json that requires exact versions only', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      dependencies: Record<string, string>;
      devDependencies: Record<string, string>;
    };
    const all = Object.entries({ ...dependencies, ...devDependencies });
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});

describe('the build', () => {
  const enginesOf = (path: string): string =>
    (JSON.parse(readFileSync(path, 'utf8')) as { engines: { node: string } }).engines.node;

  it('declares the same versions of Node as its tools', () => {
    for (const tool of ['vite', '@vitejs/plugin-react', 'oxlint', 'knip']) {
      expect(enginesOf(`node_modules/${tool}/package.json`), tool).toBe(enginesOf('package.json'));
    }
  });

  it('fails its size check with an instruction when there is no build', () => {
    const said = vi.spyOn(console, 'log').mockReturnValue();
    expect(checkBuild('no-such-folder')).toEqual({ passed: 0, failed: 1 });
    expect(said.mock.calls.join('\n')).toContain('run `npm run build` first');
    said.mockRestore();
  });
});
