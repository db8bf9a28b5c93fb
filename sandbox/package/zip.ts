import { createHash } from 'node:crypto';
import { zipSync, type Zippable } from 'fflate';
import type { Tree } from './tree.ts';

const DAYS = 40 * 365;
/** Number of times that a zip can store between noon and midnight, in steps of two seconds. */
const STEPS = (12 * 3600) / 2;

/**
 * Returns a time before 2020 derived from the content of a file. The same files make the same zip,
 * and nginx and IIS, which identify versions by time, see another version when the content changes.
 * The time is in the afternoon, because clocks are put forward at night.
 */
function timeOf(body: Buffer): Date {
  const hash = createHash('sha256').update(body).digest();
  const day = hash.readUInt32LE(0) % DAYS;
  return new Date(1980, 0, 1 + day, 12, 0, (hash.readUInt32LE(4) % STEPS) * 2);
}

/** The mode `rw-r--r--`, for systems that apply the permissions of the archive. */
const UNIX = { os: 3, attrs: (0o100644 << 16) >>> 0 };

/** Returns a tree as a zip. */
export function zipped(tree: Tree): Uint8Array {
  const entries = [...tree].sort(([a], [b]) => (a < b ? -1 : 1));
  const zippable: Zippable = {};
  for (const [path, body] of entries) {
    const level = /\.(br|gz|png|woff2)$/.test(path) ? 0 : 9;
    zippable[path] = [body, { level, mtime: timeOf(body), ...UNIX }];
  }
  return zipSync(zippable);
}
