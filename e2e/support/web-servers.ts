import type { Page } from 'playwright/test';

/**
 * Simulates, after their manuals, how web servers that cannot run here would serve the files in a
 * package: enough to compare them with the server that can.
 *
 * - https://learn.microsoft.com/iis/extensions/url-rewrite-module/url-rewrite-module-configuration-reference
 * - https://learn.microsoft.com/azure/static-web-apps/configuration
 */

interface RewriteRule {
  readonly pattern: string;
  readonly to: string;
  readonly conditions: readonly { readonly input: string; readonly pattern: string | null }[];
}

export interface WebConfig {
  readonly rules: readonly RewriteRule[];
  readonly encodings: readonly { readonly file: string; readonly value: string }[];
  readonly types: Readonly<Record<string, string>>;
  readonly hidden: readonly string[];
  /** Cache-Control by the path of a `location`. */
  readonly cache: Readonly<Record<string, string>>;
}

/** Reads `web.config` with the browser's XML parser. */
export function readWebConfig(page: Page, xml: string): Promise<WebConfig> {
  return page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'application/xml');
    const all = (selector: string): Element[] => [...parsed.querySelectorAll(selector)];
    const of = (element: Element | null | undefined, name: string): string =>
      element?.getAttribute(name) ?? '';
    const cacheOf = (location: Element): string => {
      const client = location.querySelector('clientCache');
      if (!client) return of(location.querySelector('add[name="Cache-Control"]'), 'value');
      const days = Number(of(client, 'cacheControlMaxAge').split('.')[0]);
      // IIS appends max-age to the custom value, but the order of directives has no meaning.
      const [first, ...rest] = of(client, 'cacheControlCustom').split(', ');
      return [first, `max-age=${days * 86_400}`, ...rest].join(', ');
    };
    return {
      rules: all('rewrite > rules > rule').map((rule) => ({
        pattern: of(rule.querySelector('match'), 'url'),
        to: of(rule.querySelector('action'), 'url'),
        conditions: [...rule.querySelectorAll('conditions > add')].map((add) => ({
          input: of(add, 'input'),
          pattern: add.getAttribute('pattern'),
        })),
      })),
      encodings: all('outboundRules > rule')
        .filter((rule) => of(rule.querySelector('match'), 'serverVariable').endsWith('_Encoding'))
        .map((rule) => ({
          file: of(rule.querySelector('conditions > add'), 'pattern'),
          value: of(rule.querySelector('action'), 'value'),
        })),
      types: Object.fromEntries(
        all('mimeMap').map((map) => [of(map, 'fileExtension'), of(map, 'mimeType')]),
      ),
      hidden: all('hiddenSegments > add').map((add) => of(add, 'segment')),
      cache: Object.fromEntries(all('location').map((l) => [of(l, 'path'), cacheOf(l)])),
    };
  }, xml);
}

/** Returns what IIS would answer to a GET. */
export function answersOfIis(
  config: WebConfig,
  files: ReadonlyMap<string, unknown>,
  path: string,
  accepted: string,
): { status: number; type?: string | undefined; cache?: string; encoding?: string | undefined } {
  if (path.split('/').some((part) => config.hidden.includes(part))) return { status: 404 };
  const holds = ({ input, pattern }: RewriteRule['conditions'][number]): boolean =>
    input === '{HTTP_ACCEPT_ENCODING}'
      ? new RegExp(pattern ?? '').test(accepted)
      : files.has(input.replace('{REQUEST_FILENAME}', path));
  const rule = config.rules.find(
    ({ pattern, conditions }) => new RegExp(pattern).test(path) && conditions.every(holds),
  );
  const file = rule ? rule.to.replace('{R:0}', path) : path;
  if (!files.has(file)) return { status: 404 };
  const extension = /\.[^./]+(\.(br|gz))?$/.exec(file)?.[0] ?? '';
  const folder = file.split('/')[0] ?? '';
  return {
    status: 200,
    type: config.types[extension],
    cache: config.cache[file] || config.cache[folder] || config.cache['.'] || '',
    encoding: config.encodings.find(({ file: ending }) => new RegExp(ending).test(file))?.value,
  };
}

/** The parts of `staticwebapp.config.json` that are used. */
export interface StaticWebApp {
  readonly globalHeaders: Readonly<Record<string, string>>;
  readonly routes: readonly {
    readonly route: string;
    readonly statusCode?: number;
    readonly headers?: Readonly<Record<string, string>>;
  }[];
  readonly navigationFallback: { readonly rewrite: string; readonly exclude: readonly string[] };
}

/** Returns what Azure Static Web Apps would answer to a GET; an empty header value means none. */
export function answersOfStaticWebApp(
  config: StaticWebApp,
  files: ReadonlyMap<string, unknown>,
  path: string,
): { status: number; headers: Readonly<Record<string, string>> } {
  const route = config.routes.find((r) => wildcard(r.route).test(path));
  const headers = Object.fromEntries(
    Object.entries({ ...config.globalHeaders, ...route?.headers }).map(([name, value]) => [
      name.toLowerCase(),
      value,
    ]),
  );
  if (route?.statusCode) return { status: route.statusCode, headers };
  const falls = !config.navigationFallback.exclude.some((glob) => wildcard(glob).test(path));
  const found = files.has(path === '/' ? 'index.html' : path.slice(1));
  return { status: found || falls ? 200 : 404, headers };
}

/** Returns the pattern of a route such as `/assets/*` or `/*.{js,css}`. */
function wildcard(glob: string): RegExp {
  const source = glob
    .replaceAll('.', String.raw`\.`)
    .replaceAll('*', '.*')
    .replace(/\{([^}]+)\}/, (_, list: string) => `(${list.replaceAll(',', '|')})`);
  return new RegExp(`^${source}$`);
}
