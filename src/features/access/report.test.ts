import { afterEach, expect, it, vi } from 'vitest';
import type { Finding } from './check.ts';
import { supportReport } from './report.ts';
import type { CheckRow } from './use-checks.ts';

afterEach(() => vi.unstubAllGlobals());

it('supportReport contains the findings, but nothing that may name people', () => {
  vi.stubGlobal('location', { origin: 'https://app.example' });
  vi.stubGlobal('navigator', { userAgent: 'Browser/1' });
  const words = { label: 'words', value: 'Patient/CANARY is not yours', personal: true };
  const said = { verdict: 'bad', tested: 'tested', came: 'CANARY', means: 'refused' } as const;
  const row = (finding: Finding) =>
    ({
      check: { id: 'c', title: 'may', run: () => Promise.resolve(finding) },
      finding,
    }) as CheckRow;
  const report = supportReport(
    [
      row({ ...said, came: 'HTTP 400', facts: [words, { label: 'read', value: 'unknown' }] }),
      row({ ...said, personal: true, facts: [{ label: 'name', value: 'CANARY' }] }),
    ],
    (id: string) => id,
    new Date(0),
  );
  expect(report).not.toContain('CANARY');
  for (const part of ['HTTP 400', 'read: unknown', 'refused']) expect(report).toContain(part);
});
