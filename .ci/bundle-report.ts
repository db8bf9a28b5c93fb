import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { named, SIGN_IN } from './budgets.ts';

/**
 * `npm run bundle-report`: builds the app and writes `docs/bundle.md`, which says how many bytes
 * each dependency and each folder of the app adds to the download.
 */

const OUT = 'docs/bundle.md';

/** When a chunk is downloaded: for the first list, for a way to sign in, or on demand. */
const WHEN = ['first', 'sign-in', 'later'] as const;
type When = (typeof WHEN)[number];

/** Bytes after compression, by the time of their download. */
type Cost = Record<When, number>;

interface Weighed {
  readonly chunk: Rolldown.OutputChunk;
  readonly gzip: number;
  readonly when: When;
}

type Output = readonly (Rolldown.OutputChunk | Rolldown.OutputAsset)[];

async function output(): Promise<Output> {
  process.env['NODE_ENV'] = 'production';
  const result = await build({ mode: 'production', logLevel: 'error', build: { write: false } });
  const outputs = Array.isArray(result) ? result : [result];
  return outputs.flatMap((one) => ('output' in one ? one.output : []));
}

/** Returns the files of the chunks that match `from` and of all that they import statically. */
function reach(
  all: readonly Rolldown.OutputChunk[],
  from: (chunk: Rolldown.OutputChunk) => boolean,
): ReadonlySet<string> {
  const byFile = new Map(all.map((chunk) => [chunk.fileName, chunk]));
  const found = new Set<string>();
  const visit = (file: string): void => {
    const chunk = byFile.get(file);
    if (!chunk || found.has(file)) return;
    found.add(file);
    for (const next of chunk.imports) visit(next);
  };
  for (const chunk of all.filter(from)) visit(chunk.fileName);
  return found;
}

function weigh(output: Output): readonly Weighed[] {
  const all = output.filter((file) => file.type === 'chunk');
  const html = output.find((file) => file.fileName === 'index.html');
  const first = named(html?.type === 'asset' ? String(html.source) : '');
  const signIn = reach(
    all,
    ({ name, facadeModuleId }) =>
      name === 'redirect' || SIGN_IN.some((pattern) => pattern.test(facadeModuleId ?? '')),
  );
  return all.map((chunk) => ({
    chunk,
    gzip: gzipSync(chunk.code, { level: 9 }).length,
    when: first.has(chunk.fileName) ? 'first' : signIn.has(chunk.fileName) ? 'sign-in' : 'later',
  }));
}

/** Returns the dependency or the folder of the app that a module belongs to. */
function owner(id: string): string {
  const path = id.replaceAll('\\', '/');
  const dependency = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
  if (dependency) return dependency;
  const language = /virtual:messages\/\w+\/([\w-]+)/.exec(path)?.[1];
  if (language) return `language ${language}`;
  const folder = /\/src\/(features\/[^/]+|[^/]+)\//.exec(path)?.[1];
  if (folder) return `src/${folder}`;
  return path.includes('/src/') ? 'src' : 'what the bundler adds';
}

/** Returns the cost of each owner: a chunk's bytes are divided among its modules by code length. */
function costs(weighed: readonly Weighed[]): ReadonlyMap<string, Cost> {
  const found = new Map<string, Cost>();
  for (const { chunk, gzip, when } of weighed) {
    const modules = Object.entries(chunk.modules);
    const total = modules.reduce((sum, [, { renderedLength }]) => sum + renderedLength, 0) || 1;
    for (const [id, { renderedLength }] of modules) {
      const name = owner(id);
      const cost = found.get(name) ?? { first: 0, 'sign-in': 0, later: 0 };
      cost[when] += (gzip * renderedLength) / total;
      found.set(name, cost);
    }
  }
  return found;
}

const sum = (cost: Cost): number => WHEN.reduce((n, when) => n + cost[when], 0);
const kb = (bytes: number): string => (bytes < 52 ? '' : (bytes / 1024).toFixed(1));

/** Returns a Markdown table laid out as the formatter does: names left, numbers right. */
function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = head.map((_, i) => Math.max(4, ...[head, ...rows].map((r) => r[i]?.length ?? 0)));
  const cell = (text: string, i: number): string =>
    i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0);
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  const rule = widths.map((width, i) =>
    i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

function rows(costs: ReadonlyMap<string, Cost>, which: (name: string) => boolean): string {
  const chosen = [...costs].filter(([name, cost]) => which(name) && sum(cost) >= 52);
  const all = chosen
    .toSorted(([, a], [, b]) => b.first - a.first || sum(b) - sum(a))
    .map(([name, cost]) => [name, ...WHEN.map((when) => kb(cost[when])), kb(sum(cost))]);
  const of = (when: When): number => chosen.reduce((n, [, cost]) => n + cost[when], 0);
  const total = [
    'together',
    ...WHEN.map((when) => kb(of(when))),
    kb(WHEN.reduce((n, w) => n + of(w), 0)),
  ];
  return table([['', 'first list', 'sign-in', 'later', 'all'], ...all, total]);
}

function page(weighed: readonly Weighed[]): string {
  const by = costs(weighed);
  const own = (name: string): boolean => /^(src|language |what )/.test(name);
  const largest = weighed
    .toSorted((a, b) => b.gzip - a.gzip)
    .slice(0, 20)
    .map(({ chunk, gzip, when }) => [chunk.name, when, kb(gzip)]);
  return `# What the app is made of, in bytes

Made by \`npm run bundle-report\` from a production build; do not edit. KB of script after gzip. "First list" is what travels before the first patient is on screen, whoever signs in how; "sign-in" only with that way of signing in; "later" when somebody goes there. Files hold several modules: a file's compressed size is shared out by the length of their code, so single numbers are close and sums are right. Styles are not counted. The limits are in \`.ci/budgets.ts\`, and every build is held to them.

## Dependencies

${rows(by, (name) => !own(name))}

## The app itself

${rows(by, own)}

## The largest files

${table([['file', 'when', 'KB'], ...largest])}
`;
}

writeFileSync(OUT, page(weigh(await output())));
console.log(OUT);
