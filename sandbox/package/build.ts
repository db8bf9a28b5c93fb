import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sourceStamp, STAMP } from './source-stamp.ts';
import { readTree, type Tree } from './tree.ts';

/**
 * The base path of the build. The real path replaces it when the zip is made, so that one build can
 * be packaged for every path.
 */
const PLACEHOLDER = '/__base_path__/';

const TEXT = /\.(css|html|js|json|svg|txt)$/;

/**
 * Returns the files of the built app.
 *
 * @param base base path of the app, with slashes at both ends
 * @param kept folder of an earlier build by this function, which is used again, or folder in which
 *   to keep the build; without it the build is temporary
 * @throws {Error} when the folder holds other files, or a build of another kind or other sources
 */
export async function builtApp(base: string, kept?: string): Promise<Tree> {
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'patient-browser-'));
  try {
    const stamp = sourceStamp();
    if (!existsSync(join(folder, 'index.html'))) {
      requireEmpty(folder);
      await build(folder);
      writeFileSync(join(folder, STAMP), stamp);
    }
    const tree = rebased(readTree(folder), base);
    requireStamp(folder, stamp);
    return tree;
  } finally {
    if (kept === undefined) rmSync(folder, { recursive: true });
  }
}

/** Throws when the folder is not empty, because building would empty it. */
function requireEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new Error(`${folder} holds other files: name an empty folder, or one that is not there`);
  }
}

/**
 * Throws when a kept build is of other sources: the version, the list of parts and the server of
 * the package come from the present sources.
 */
function requireStamp(folder: string, stamp: string): void {
  const path = join(folder, STAMP);
  if (existsSync(path) && readFileSync(path, 'utf8') === stamp) return;
  throw new Error(
    `The build in ${folder} was made from other sources than these. Remove the folder to build anew.`,
  );
}

async function build(outDir: string): Promise<void> {
  // With the mode that a test runner sets, the build would contain React's development version.
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
