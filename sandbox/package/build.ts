import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTree, type Tree } from './tree.ts';

/**
 * The base path that a packaged build is made with. It stands for the real one, which takes its
 * place when the zip is made, so that one build serves every path.
 */
const PLACEHOLDER = '/__base_path__/';

const TEXT = /\.(css|html|js|json|svg|txt)$/;

/**
 * The built app.
 *
 * @param base where it will be hosted, with slashes at both ends
 * @param kept folder of an earlier build with this function, which is used again, or where one is
 *   to be kept; without it the build is made for this time only
 * @throws {Error} when the folder holds a build of another kind
 */
export async function builtApp(base: string, kept?: string): Promise<Tree> {
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'patient-browser-'));
  try {
    if (!existsSync(join(folder, 'index.html'))) await build(folder);
    return rebased(readTree(folder), base);
  } finally {
    if (kept === undefined) rmSync(folder, { recursive: true });
  }
}

async function build(outDir: string): Promise<void> {
  // A test runner's own mode would get the slow build of React.
  process.env['NODE_ENV'] = 'production';
  const vite = await import('vite');
  await vite.build({
    base: PLACEHOLDER,
    mode: 'production',
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, license: { fileName: 'licences.txt' } },
  });
}

function rebased(tree: Tree, base: string): Tree {
  const index = tree.get('index.html')?.toString('utf8') ?? '';
  if (!index.includes(PLACEHOLDER)) {
    throw new Error('this folder holds a build for one path only: make it with --build');
  }
  return new Map(
    [...tree].map(([path, body]) => [
      path,
      TEXT.test(path) ? Buffer.from(body.toString('utf8').replaceAll(PLACEHOLDER, base)) : body,
    ]),
  );
}
