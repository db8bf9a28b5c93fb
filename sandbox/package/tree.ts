import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Files by path; paths have forward slashes, and none at the start. */
export type Tree = ReadonlyMap<string, Buffer>;

/** Reads a folder, without dot files and dot folders. */
export function readTree(folder: string): Tree {
  const tree = new Map<string, Buffer>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const parts = relative(folder, path).split(sep);
    if (!entry.isFile() || parts.some((part) => part.startsWith('.'))) continue;
    tree.set(parts.join('/'), readFileSync(path));
  }
  return tree;
}
