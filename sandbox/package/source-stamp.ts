import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readTree } from './tree.ts';

/** The file in a kept build that identifies its sources. A dot file, so it is not packaged. */
export const STAMP = '.source-stamp';

/** Folders that a build depends on. */
export const FOLDERS = ['src', 'public'];
/** Files at the top that a build depends on. */
export const FILE = /^(?:.+\.html|.+\.config\.ts|package(?:-lock)?\.json|tsconfig\.json)$/;
const TEST = /\.test\.tsx?$/;

/** Returns a digest of all files that a build depends on. Must run in the project's folder. */
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
