import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkDependencies } from './audit.ts';
import { ensureBrowser } from './browser.ts';
import { checkBuild } from './budgets.ts';
import { sum, type Tally } from './check.ts';

const USAGE = `npm test              audit of the dependencies, unit tests, build, budgets, end-to-end tests
npm test -- --unit    unit tests only
npm test -- --e2e     build and end-to-end tests only`;

const RESULTS = 'coverage/results';
interface UnitResult {
  numPassedTests: number;
  numFailedTests: number;
}
interface EndToEndResult {
  stats: { expected: number; unexpected: number; flaky: number };
}

const bin = (path: string): string => join('node_modules', path);

/** Runs a Node program to its end and passes its output through. @returns its exit code. */
function node(args: readonly string[], env: NodeJS.ProcessEnv = {}): number {
  const { status } = spawnSync(process.execPath, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  return status ?? 1;
}

/** Returns the counts; a runner that crashed, or failed without a failed test, adds one failure. */
function tally(exitCode: number, counted: Tally | undefined): Tally {
  if (!counted) return { passed: 0, failed: 1 };
  return exitCode !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
}

function readJson(file: string): unknown {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function unit(): Tally {
  const file = join(RESULTS, 'unit.json');
  const code = node([
    bin('vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const result = readJson(file) as UnitResult | undefined;
  return tally(code, result && { passed: result.numPassedTests, failed: result.numFailedTests });
}

function build(): Tally {
  const code = node([bin('vite/bin/vite.js'), 'build', '--logLevel', 'warn']);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function endToEnd(browser: string): Tally {
  const file = join(RESULTS, 'e2e.json');
  const code = node([bin('playwright/cli.js'), 'test'], {
    CHROME_PATH: browser,
    E2E_JSON: file,
  });
  const stats = (readJson(file) as EndToEndResult | undefined)?.stats;
  if (stats?.flaky) console.log(`${stats.flaky} passed only when tried again: see "flaky" above.`);
  return tally(code, stats && { passed: stats.expected + stats.flaky, failed: stats.unexpected });
}

function main(options: readonly string[]): Tally {
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });
  const onlyUnit = options.includes('--unit');
  const onlyE2e = options.includes('--e2e');
  if (onlyUnit) return unit();
  // The browser comes first, so that a machine without one fails at once, not after ten minutes.
  const browser = ensureBrowser();
  const parts: Tally[] = onlyE2e ? [] : [checkDependencies(), unit()];
  const built = build();
  parts.push(built);
  if (built.failed === 0) {
    if (!onlyE2e) parts.push(checkBuild());
    parts.push(endToEnd(browser));
  }
  return sum(parts);
}

const options = process.argv.slice(2);
if (options.some((option) => !['--unit', '--e2e'].includes(option))) {
  console.error(USAGE);
  process.exit(2);
}
let result: Tally;
try {
  result = main(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  result = { passed: 0, failed: 1 };
}
process.exitCode = result.failed > 0 ? 1 : 0;
console.log(`\n${result.passed} passed, ${result.failed} failed`);
