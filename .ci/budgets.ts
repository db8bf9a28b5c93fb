import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { heldScripts, withoutScripts } from '../sandbox/host/index-page.ts';
import { type Check, report, type Tally } from './check.ts';
import { distChecks } from './dist-checks.ts';

/** Limits in bytes after gzip at level 9, the best compression that a web server would send. */
const FIRST_LIST = 150 * 1024;
const LAZY_ROUTE = 40 * 1024;

/** Returns the files that a page names: all that the first list needs but the sign-in library. */
export const named = (html: string): ReadonlySet<string> =>
  new Set([...withoutScripts(html).matchAll(/assets\/[\w.-]+\.(?:js|css)/g)].map(([file]) => file));

/** Modules loaded for one way to sign in only: reported, but without a budget. */
export const SIGN_IN = [/session\/(entra|smart|token)\//, /node_modules\/(@azure|fhirclient)/];

interface Chunk {
  file: string;
  src?: string;
  isEntry?: boolean;
  isDynamicEntry?: boolean;
  imports?: string[];
  dynamicImports?: string[];
  css?: string[];
}
type Manifest = Record<string, Chunk>;

const kb = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;

/** Returns a size beside its limit, with exact bytes when it is over or nearly used up. */
function weight(bytes: number, limit: number): string {
  const left = limit - bytes;
  const exact =
    left < 0
      ? `: ${-left} bytes over, see "Size" in CONTRIBUTING.md`
      : left < 1024
        ? `: ${left} bytes left`
        : '';
  return `${kb(bytes)} of ${kb(limit)}${exact}`;
}

/** Returns every file that loading `keys` fetches, static imports and styles included. */
function files(manifest: Manifest, keys: readonly string[]): Set<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (!chunk || seen.has(key)) return;
    seen.add(key);
    found.add(chunk.file);
    for (const css of chunk.css ?? []) found.add(css);
    for (const next of chunk.imports ?? []) visit(next);
  };
  for (const key of keys) visit(key);
  return found;
}

/** Returns the size checks: the first patient list, and each route that is loaded on demand. */
export function budgetChecks(dist: string): Check[] {
  const path = join(dist, '.vite', 'manifest.json');
  if (!existsSync(path))
    return [{ name: 'build manifest', ok: false, detail: `${path} is missing` }];
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  const gzip = (names: Iterable<string>): number =>
    [...names].reduce((n, f) => n + gzipSync(readFileSync(join(dist, f)), { level: 9 }).length, 0);

  const dynamic = Object.keys(manifest).filter((key) => manifest[key]?.isDynamicEntry);
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const first = named(page);
  const firstBytes = gzip(first) + gzipSync(heldScripts(page).join(''), { level: 9 }).length;
  const own = (key: string): string[] =>
    [...files(manifest, [key])].filter((file) => !first.has(file));

  return [
    {
      name: 'first patient list',
      ok: firstBytes <= FIRST_LIST,
      detail: `${weight(firstBytes, FIRST_LIST)} (${first.size} files)`,
    },
    ...dynamic
      .filter((key) => !first.has(manifest[key]?.file ?? ''))
      .map((key): Check => {
        const bytes = gzip(own(key));
        const free = SIGN_IN.some((pattern) => pattern.test(key));
        return {
          name: key.replace(/^.*node_modules\//, ''),
          ok: free || bytes <= LAZY_ROUTE,
          detail: free ? `${kb(bytes)} (sign-in only)` : weight(bytes, LAZY_ROUTE),
        };
      }),
  ];
}

/** Checks the sizes and the content of the build in `dist`. */
export function checkBuild(dist = 'dist'): Tally {
  if (!existsSync(dist)) {
    const detail = `there is no build in ${dist}: run \`npm run build\` first`;
    return report('Size, gzip', [{ name: 'build', ok: false, detail }]);
  }
  const weights = report('Size, gzip', budgetChecks(dist));
  const contents = report('Content of the build', distChecks(dist));
  return { passed: weights.passed + contents.passed, failed: weights.failed + contents.failed };
}

if (process.argv[1] === import.meta.filename) process.exitCode = checkBuild().failed > 0 ? 1 : 0;
