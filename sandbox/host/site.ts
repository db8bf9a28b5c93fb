import type { IncomingMessage, ServerResponse } from 'node:http';
import { cacheControl, isPage, securityHeaders } from '#config/hosting.ts';
import { parseConfig } from '#config/load.ts';
import type { AppConfig } from '#config/schema.ts';
import { staticFile, type StaticFile } from './files.ts';
import { inlineScripts, pageFor } from './index-page.ts';

export interface SiteOptions {
  readonly files: ReadonlyMap<string, StaticFile>;
  /** The `config.json` to serve: a string is sent unchanged; undefined for none. */
  readonly config: unknown;
  /** Base path of the app, with slashes at both ends. */
  readonly base: string;
  /** Whether browsers reach the site over https. */
  readonly https: boolean;
}

/** Answers requests for the app as every web server should: headers, history routing, caching. */
export type Site = (req: IncomingMessage, res: ServerResponse) => void;

/** Returns the handler of a site; the headers are computed once from the configuration. */
export function createSite(o: SiteOptions): Site {
  const config = configFile(o.config);
  const index = indexFor(o);
  const headers = headersFor(o, inlineScripts(index?.body.toString() ?? ''));
  return (req, res) => {
    const [, address, query = ''] = /^([^?]*)(.*)$/.exec(req.url ?? '/') ?? [];
    const path = below(o.base, req.url ?? '/');
    const page = path === '/redirect.html' ? 'redirect' : 'app';
    for (const [name, value] of Object.entries(headers[page])) res.setHeader(name, value);
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      res.setHeader('allow', 'GET, HEAD');
      refuse(res, 405, 'Method not allowed');
    } else if (path === undefined && `${address}/` === o.base) {
      res.setHeader('location', o.base + query);
      refuse(res, 308, 'Moved');
    } else {
      const file =
        path === '/config.json' ? config : path && (isPage(path) ? index : o.files.get(path));
      if (path && file) send(req, res, path, file);
      else refuse(res, 404, 'Not found');
    }
  };
}

function send(req: IncomingMessage, res: ServerResponse, path: string, file: StaticFile): void {
  res.setHeader('cache-control', cacheControl(path));
  res.setHeader('vary', 'accept-encoding');
  const encoding = (['br', 'gzip'] as const).find((name) => accepts(req, name));
  const compress = encoding && file.body.length > 512 && !/image\/png|font/.test(file.type);
  // Each coding has a tag of its own (RFC 9110, 8.8.3.3).
  const etag = compress ? file.etag.replace(/"$/, `-${encoding}"`) : file.etag;
  res.setHeader('etag', etag);
  const known = (req.headers['if-none-match'] ?? '').split(',');
  if (known.some((tag) => tag.trim().replace(/^W\//, '') === etag)) {
    res.statusCode = 304;
    res.end();
    return;
  }
  res.setHeader('content-type', file.type);
  if (compress) res.setHeader('content-encoding', encoding);
  const body = compress ? file.encoded(encoding) : file.body;
  res.setHeader('content-length', body.length);
  res.end(req.method === 'HEAD' ? undefined : body);
}

/** Whether the browser accepts an encoding; `br;q=0` is a refusal. */
function accepts(req: IncomingMessage, encoding: string): boolean {
  const offers = (req.headers['accept-encoding'] ?? '').split(',');
  const offer = offers.find((text) => text.split(';')[0]?.trim() === encoding);
  return offer !== undefined && !/;\s*q=0(\.0*)?\s*$/.test(offer);
}

/** @returns the path below the base with its leading slash; undefined for other addresses */
function below(base: string, url: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(new URL(url, 'http://host').pathname);
  } catch {
    return undefined;
  }
  return path.startsWith(base) ? path.slice(base.length - 1) : undefined;
}

function configFile(config: unknown): StaticFile | undefined {
  if (config === undefined) return undefined;
  const text = typeof config === 'string' ? config : JSON.stringify(config);
  return staticFile(Buffer.from(text), '.json');
}

/**
 * Returns the parsed configuration; undefined for an invalid one. The app is served then too, with
 * the strictest headers, so that it can show what is wrong.
 */
function understood(config: unknown): AppConfig | undefined {
  try {
    return parseConfig(typeof config === 'string' ? JSON.parse(config) : config);
  } catch {
    return undefined;
  }
}

function headersFor({ config, https }: SiteOptions, inline: readonly string[]) {
  const known = understood(config) ?? NO_SERVERS;
  return {
    app: securityHeaders(known, { page: 'app', https, inline }),
    redirect: securityHeaders(known, { page: 'redirect', https, inline }),
  };
}

function indexFor({ files, config }: SiteOptions): StaticFile | undefined {
  const file = files.get('/index.html');
  const html = file?.body.toString();
  const known = understood(config);
  const made = html && known && pageFor(html, known);
  return made === html || !made ? file : staticFile(Buffer.from(made), '.html');
}

const NO_SERVERS = {
  appName: '',
  servers: [],
  smartLaunch: { issuers: [] },
  embedding: { frameAncestors: [] },
  idleTimeoutMinutes: 15,
};

function refuse(res: ServerResponse, status: number, text: string): void {
  res.statusCode = status;
  res.setHeader('cache-control', 'no-store');
  res.setHeader('content-type', 'text/plain; charset=utf-8');
  res.end(text);
}
