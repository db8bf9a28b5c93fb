import { cacheControl, PAGE_PATTERN, securityHeaders } from '#config/hosting.ts';
import type { AppConfig } from '#config/schema.ts';

/**
 * What the files of every web server are made from: the values of `src/config/hosting.ts` for one
 * configuration and one list of files.
 */
export interface Rules {
  /** The path under which the app is hosted, with slashes at both ends. */
  readonly base: string;
  readonly headers: {
    readonly app: Readonly<Record<string, string>>;
    readonly redirect: Readonly<Record<string, string>>;
  };
  /** For built files, which carry a hash in their name. */
  readonly assetCache: string;
  /** For pages, and for answers that are errors. */
  readonly pageCache: string;
  /** Other files at the top that a browser may ask for, with their rule. */
  readonly files: readonly { readonly path: string; readonly cache: string }[];
  /** Paths below the base, without a leading slash, that get `index.html`; a regular expression. */
  readonly pages: string;
}

/**
 * @param paths of all files of the app, without a leading slash
 * @param inline what the policy says of the scripts that `index.html` holds
 */
export function rulesOf(
  config: AppConfig,
  base: string,
  paths: Iterable<string>,
  inline: readonly string[],
): Rules {
  const pageCache = cacheControl('/');
  const top = [...paths].filter((path) => !path.includes('/')).sort();
  return {
    base,
    headers: {
      app: securityHeaders(config, { page: 'app', https: true, inline }),
      redirect: securityHeaders(config, { page: 'redirect', https: true, inline }),
    },
    assetCache: cacheControl('/assets/x.js'),
    pageCache,
    files: top
      .map((path) => ({ path, cache: cacheControl(`/${path}`) }))
      .filter(({ cache }) => cache !== pageCache),
    pages: PAGE_PATTERN.source.replaceAll('\\/', '/').replace(/^\^\//, '^'),
  };
}
