import { cacheControl, PAGE_PATTERN, securityHeaders } from '#config/hosting.ts';
import type { AppConfig } from '#config/schema.ts';

/**
 * The input for the configuration files of all web servers: the values of `src/config/hosting.ts`
 * for one configuration and one list of files.
 */
export interface Rules {
  /** Base path of the app, with slashes at both ends. */
  readonly base: string;
  readonly headers: {
    readonly app: Readonly<Record<string, string>>;
    readonly redirect: Readonly<Record<string, string>>;
  };
  /** `Cache-Control` of built files, whose names contain a hash. */
  readonly assetCache: string;
  /** `Cache-Control` of pages and of error responses. */
  readonly pageCache: string;
  /** Other files at the top that a browser may request, with their `Cache-Control`. */
  readonly files: readonly { readonly path: string; readonly cache: string }[];
  /** Regular expression of the paths, without leading slash, that are answered by `index.html`. */
  readonly pages: string;
}

/**
 * Returns the rules for a configuration.
 *
 * @param paths paths of all files of the app, without a leading slash
 * @param inline hash sources of the inline scripts of `index.html`
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
