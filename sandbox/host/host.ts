import { createServer } from 'node:http';
import { listen } from '../oauth/listen.ts';
import { readFiles } from './files.ts';
import { createSite } from './site.ts';

export interface HostOptions {
  /** Folder of the built app. */
  readonly dist: string;
  /** The `/config.json` to serve; undefined for none, as on a site that forgot the file. */
  readonly config?: unknown;
  /** Port; 0 or undefined for any free port. */
  readonly port?: number;
  readonly orNext?: boolean;
}

export interface Host {
  /** Origin of the app, `http://localhost:<port>`. */
  readonly origin: string;
  readonly port: number;
  /** Replaces the configuration and the headers made from it. A string is sent unchanged. */
  setConfig(config: unknown): void;
  close(): Promise<void>;
}

/**
 * Starts a static web server on this machine for the built app, configured as for production. The
 * packaged app is served by the same {@link createSite}.
 *
 * @throws {Error} when the folder is missing or the port is taken
 */
export async function startHost(o: HostOptions): Promise<Host> {
  const files = readFiles(o.dist);
  const siteOf = (config: unknown) => createSite({ files, config, base: '/', https: false });
  let site = siteOf(o.config);
  const server = createServer((req, res) => {
    try {
      site(req, res);
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
      site = siteOf(next);
    },
    close: () => listening.close(),
  };
}
