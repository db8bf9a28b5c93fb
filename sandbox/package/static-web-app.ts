import { MEDIA_TYPES } from '../host/files.ts';
import { HIDDEN } from './layout.ts';
import type { Rules } from './rules.ts';
import type { Tree } from './tree.ts';

const NAME = 'staticwebapp.config.json';

/** Bytes: the service accepts 20 KB (its manual, "Restrictions"). */
const LARGEST = 20_000;

/**
 * Returns `staticwebapp.config.json` for Azure Static Web Apps, which hosts an app only at the root
 * of an origin and compresses files itself.
 *
 * https://learn.microsoft.com/azure/static-web-apps/configuration
 */
export function staticWebApp(rules: Rules): string {
  const { headers, assetCache, pageCache, files } = rules;
  const extensions = Object.keys(MEDIA_TYPES).map((extension) => extension.slice(1));
  const config = {
    navigationFallback: {
      rewrite: '/index.html',
      exclude: ['/assets/*', `/*.{${extensions.join(',')}}`],
    },
    globalHeaders: { ...headers.app, 'Cache-Control': pageCache },
    routes: [
      ...HIDDEN.map((name) => ({
        route: name.includes('.') ? `/${name}` : `/${name}/*`,
        statusCode: 404,
      })),
      { route: '/redirect.html', headers: differences(headers) },
      { route: '/assets/*', headers: { 'Cache-Control': assetCache } },
      ...files.map(({ path, cache }) => ({
        route: `/${path}`,
        headers: { 'Cache-Control': cache },
      })),
    ],
    mimeTypes: Object.fromEntries(
      Object.entries(MEDIA_TYPES).map(([extension, type]) => [extension, type]),
    ),
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

/** Returns a warning if the service would refuse the file; its policy names every EHR. */
export function sizeWarnings(files: Tree): readonly string[] {
  const size = files.get(NAME)?.length ?? 0;
  if (size <= LARGEST) return [];
  return [`Warning: ${NAME}: ${size} bytes, but Azure Static Web Apps accepts at most 20 KB`];
}

/** Returns the headers of the redirect page that differ; an empty value removes a global header. */
function differences({ app, redirect }: Rules['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.keys(app)
      .filter((name) => app[name] !== redirect[name])
      .map((name) => [name, redirect[name] ?? '']),
  );
}
