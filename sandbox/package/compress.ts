import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Tree } from './tree.ts';

/**
 * Matches the files that are compressed in the package: those that every visit loads. Other files
 * are small, rarely requested, or edited on the server, where a compressed copy would go stale.
 */
export const PRECOMPRESSED = /^(assets\/.+\.(js|css|svg)|index\.html)$/;

/** Returns the `.br` and `.gz` copies of the files that are compressed in the package. */
export function compressedForms(tree: Tree): Tree {
  const made = new Map<string, Buffer>();
  for (const [path, body] of tree) {
    if (!PRECOMPRESSED.test(path) || body.length <= 512) continue;
    made.set(`${path}.br`, brotli(body));
    made.set(`${path}.gz`, gzipSync(body, { level: 9 }));
  }
  return made;
}

const brotli = (body: Buffer): Buffer =>
  brotliCompressSync(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    },
  });
