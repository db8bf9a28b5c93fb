import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

/** The layers of `docs/decisions/0001-layers.md`, as the linter enforces them. */
describe('layers', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'layers-'));
    copyFileSync('.oxlintrc.json', join(dir, '.oxlintrc.json'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  /** Returns how many forbidden imports the linter reports when `file` imports `imported`. */
  function refusals(file: string, imported: string): number {
    const path = join(dir, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `import { x } from '${imported}';\nexport const y = x;\n`);
    const program = resolve('node_modules/oxlint/bin/oxlint');
    try {
      execFileSync(process.execPath, [program, '--format=json'], { cwd: dir, stdio: 'pipe' });
      return 0;
    } catch (error) {
      const said = JSON.parse(String((error as { stdout: Buffer }).stdout)) as {
        diagnostics: { code: string }[];
      };
      return said.diagnostics.filter(({ code }) => code.includes('no-restricted-imports')).length;
    }
  }

  test.each([
    ['src/lib/probe.ts', '#ui/button.tsx'],
    ['src/lib/probe.ts', '#ui/dialog/dialog.tsx'],
    ['src/fhir/client/probe.ts', '#ui/elements/value-text.ts'],
    ['src/fhir/probe.ts', '#session/smart/site.ts'],
    ['src/fhir/probe.ts', '#sandbox/data/generate.ts'],
    ['src/session/probe.ts', '#fhir/client/client.ts'],
    ['src/session/probe.ts', 'fhirclient/lib/Client'],
    ['src/ui/probe.ts', '#app/error-pages/failure.tsx'],
    ['src/ui/probe.ts', '#data/fhir-context.ts'],
    ['src/data/probe.ts', '#features/chart/panel.ts'],
    ['src/data/probe.ts', '#ui/button.tsx'],
    ['src/features/chart/probe.ts', '#features/history/restore.tsx'],
    ['src/features/chart/banner/probe.ts', '../../history/restore.tsx'],
    ['src/features/chart/probe.ts', '@azure/msal-browser'],
  ])('%s may not import %s', (file, imported) => {
    expect(refusals(file, imported)).toBe(1);
  });

  test.each([
    ['src/lib/probe.ts', '#lib/narrow.ts'],
    ['src/fhir/client/probe.ts', '#config/schema.ts'],
    ['src/features/chart/banner/probe.ts', '#fhir/dates/dates.ts'],
    ['src/features/chart/banner/probe.ts', '../panel.ts'],
    ['src/app/probe.ts', '#features/history/restore.tsx'],
    ['src/session/smart/launch/probe.ts', 'fhirclient/lib/Client'],
  ])('%s may import %s', (file, imported) => {
    expect(refusals(file, imported)).toBe(0);
  });
});
