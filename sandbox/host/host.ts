import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { parseConfig } from '#config/load.ts';
import { cacheControl, securityHeaders } from '#config/hosting.ts';
import { listen } from '../oauth/listen.ts';
import { readFiles, staticFile, type StaticFile } from './files.ts';

export interface HostOptions {
  /** Folder of the built app. */
  readonly dist: string;
  /** The `/config.json` to serve. Undefined: none, as on a site where it was forgotten. */
  readonly config?: unknown;
  /** 0 or undefined: any free port. */
  readonly port?: number;
  readonly orNext?: boolean;
}

export interface Host {
  /** `http://localhost:<port>` */
  readonly origin: string;
  readonly port: number;
  /** Serves another configuration from now on; the headers follow. A string is sent as it is. */
  setConfig(config: unknown): void;
  close(): Promise<void>;
}

/**
 * A static web server for the built app as production should be: headers from its configuration,
 * history routing, compression, caching rules.
 *
 * @throws {Error} when the folder is missing or the port is taken
 */
export async function startHost(o: HostOptions): Promise<Host> {
  const files = readFiles(o.dist);
  let config = o.config;
  const server = createServer((req, res) => {
    try {
      serve(files, config, req, res);
    } catch (error) {
      res.statusCode = 500;
      res.end(String(error));
    }
  });
  const listening = await listen(server, o.port ?? 0, { orNext: o.orNext ?? false });
  return {
    origin: `http://localhost:${listening.port}`,
    port: listening.port,
    setConfig(next) {
      config = next;
    },
    close: () => listening.close(),
  };
}

function serve(
  files: ReadonlyMap<string, StaticFile>,
  config: unknown,
  req: IncomingMessage,
  res: ServerResponse,
): void {
  const path = pathOf(req.url ?? '/');
  const file = path === '/config.json' ? configFile(config) : find(files, path);
  const page = path === '/redirect.html' ? 'redirect' : 'app';
  for (const [name, value] of Object.entries(headersFor(config, page))) res.setHeader(name, value);
  if (req.method !== 'GET' && req.method !== 'HEAD') {
    res.setHeader('allow', 'GET, HEAD');
    send(res, 405, 'Method not allowed');
    return;
  }
  if (!file) {
    send(res, 404, 'Not found');
    return;
  }
  res.setHeader('cache-control', cacheControl(path));
  res.setHeader('vary', 'accept-encoding');
  res.setHeader('etag', file.etag);
  if (req.headers['if-none-match'] === file.etag) {
    res.statusCode = 304;
    res.end();
    return;
  }
  res.setHeader('content-type', file.type);
  const accepted = req.headers['accept-encoding'] ?? '';
  const encoding = (['br', 'gzip'] as const).find((e) => accepted.includes(e));
  const compress = encoding && file.body.length > 512 && !/image\/png|font/.test(file.type);
  if (compress) res.setHeader('content-encoding', encoding);
  const body = compress ? file.encoded(encoding) : file.body;
  res.setHeader('content-length', body.length);
  res.end(req.method === 'HEAD' ? undefined : body);
}

function pathOf(url: string): string {
  try {
    return decodeURIComponent(new URL(url, 'http://host').pathname);
  } catch {
    return '/undecodable.path';
  }
}

/** A path without an extension is a route of the app; FHIR ids may hold dots, so routes win there. */
function find(files: ReadonlyMap<string, StaticFile>, path: string): StaticFile | undefined {
  const isRoute = path.startsWith('/patients/') || !/\.[A-Za-z0-9]+$/.test(path);
  return files.get(path) ?? (isRoute ? files.get('/index.html') : undefined);
}

function configFile(config: unknown): StaticFile | undefined {
  if (config === undefined) return undefined;
  const text = typeof config === 'string' ? config : JSON.stringify(config);
  return staticFile(Buffer.from(text), '.json');
}

/** A configuration that is wrong still gets a page that says so, under the strictest headers. */
function headersFor(config: unknown, page: 'app' | 'redirect'): Record<string, string> {
  try {
    const value: unknown = typeof config === 'string' ? JSON.parse(config) : config;
    return securityHeaders(parseConfig(value), { page, https: false });
  } catch {
    return securityHeaders(NO_SERVERS, { page, https: false });
  }
}

const NO_SERVERS = {
  appName: '',
  servers: [],
  smartLaunch: { issuers: [] },
  embedding: { frameAncestors: [] },
  idleTimeoutMinutes: 15,
};

function send(res: ServerResponse, status: number, text: string): void {
  res.statusCode = status;
  res.setHeader('content-type', 'text/plain; charset=utf-8');
  res.end(text);
}
