import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** A file of the built app, in memory. */
export interface StaticFile {
  readonly type: string;
  readonly etag: string;
  readonly body: Buffer;
  /** Returns the body under a content encoding; compresses it at first use. */
  encoded(encoding: 'br' | 'gzip'): Buffer;
}

/** Media types by extension, for this host and for the files of other web servers. */
export const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/**
 * Reads a folder. Keys are URL paths, such as `/assets/index-a1b2.js`. A file with `.br` or `.gz`
 * added to the name of another file is that file's compressed form.
 *
 * @param hidden files and folders at the top that are not served
 * @throws {Error} when the folder does not exist
 */
export function readFiles(folder: string, hidden: readonly string[] = []): Map<string, StaticFile> {
  const bodies = new Map<string, Buffer>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const parts = relative(folder, path).split(sep);
    // Like other web servers, serves no dot folders. The build manifest is in one.
    if (parts.some((part) => part.startsWith('.')) || hidden.includes(parts[0] ?? '')) continue;
    bodies.set(`/${parts.join('/')}`, readFileSync(path));
  }
  const files = new Map<string, StaticFile>();
  for (const [url, body] of bodies) {
    if (bodies.has(url.replace(/\.(br|gz)$/, '')) && /\.(br|gz)$/.test(url)) continue;
    files.set(
      url,
      staticFile(body, extname(url), {
        br: bodies.get(`${url}.br`),
        gzip: bodies.get(`${url}.gz`),
      }),
    );
  }
  return files;
}

/**
 * Returns a file to serve.
 *
 * @param made compressed forms that already exist
 */
export function staticFile(
  body: Buffer,
  extension: string,
  made: { readonly br?: Buffer | undefined; readonly gzip?: Buffer | undefined } = {},
): StaticFile {
  const cache = new Map(Object.entries(made).flatMap(([k, v]) => (v ? [[k, v] as const] : [])));
  return {
    type: MEDIA_TYPES[extension] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    body,
    encoded(encoding) {
      const known = cache.get(encoding);
      if (known) return known;
      const fresh = encoding === 'br' ? brotli(body) : gzipSync(body);
      cache.set(encoding, fresh);
      return fresh;
    },
  };
}

/** Quality 5 is a hundred times faster than the best, and only a few percent larger. */
const brotli = (body: Buffer): Buffer =>
  brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
