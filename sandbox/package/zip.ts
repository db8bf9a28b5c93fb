import { zipSync, type Zippable } from 'fflate';
import type { Tree } from './tree.ts';

/** The earliest time that a zip can hold, for every file: the same files make the same zip. */
const TIME = new Date(1980, 0, 1);

/** `rw-r--r--`, for machines that unpack with the rights in the archive. */
const UNIX = { os: 3, attrs: (0o100644 << 16) >>> 0 };

/** One zip of a tree. */
export function zipped(tree: Tree): Uint8Array {
  const entries = [...tree].sort(([a], [b]) => (a < b ? -1 : 1));
  const zippable: Zippable = {};
  for (const [path, body] of entries) {
    const level = /\.(br|gz|png|woff2)$/.test(path) ? 0 : 9;
    zippable[path] = [body, { level, mtime: TIME, ...UNIX }];
  }
  return zipSync(zippable);
}
