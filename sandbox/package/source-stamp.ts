import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readTree } from './tree.ts';

/** Lies beside a kept build and says what it was made from. A dot file: it is not packaged. */
export const STAMP = '.source-stamp';

const FOLDERS = ['src', 'public'];
const FILE = /^(?:.+\.html|.+\.config\.ts|package(?:-lock)?\.json|tsconfig\.json)$/;
const TEST = /\.test\.tsx?$/;

/** A digest of everything that a build of the app depends on. Run in the project's own folder. */
export function sourceStamp(): string {
  const hash = createHash('sha256');
  const add = (path: string, body: Buffer): void => {
    if (!TEST.test(path)) hash.update(`${path} ${body.length}\n`).update(body);
  };
  for (const name of readdirSync('.').toSorted())
    if (FILE.test(name)) add(name, readFileSync(name));
  for (const folder of FOLDERS) {
    const files = [...readTree(folder)].toSorted(([a], [b]) => (a < b ? -1 : 1));
    for (const [path, body] of files) add(`${folder}/${path}`, body);
  }
  return hash.digest('hex');
}
