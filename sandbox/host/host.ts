import { createServer } from 'node:http';
import { listen } from '../oauth/listen.ts';
import { readFiles } from './files.ts';
import { createSite } from './site.ts';

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
 * A static web server on this machine for the built app, as production should be. The packaged app
 * is served by the same {@link createSite}.
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
