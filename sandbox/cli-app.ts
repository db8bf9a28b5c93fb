import { readdirSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { startHost } from './host/host.ts';
import { FILE, FOLDERS } from './package/source-stamp.ts';

/** The app's running web server. */
export interface Running {
  readonly origin: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Whether a file that a build depends on has changed since the last build. */
export function isStale(): boolean {
  const built = statSync('dist/index.html').mtimeMs;
  const newer = (path: string): boolean => statSync(path).mtimeMs > built;
  if (readdirSync('.').some((name) => FILE.test(name) && newer(name))) return true;
  return FOLDERS.some((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((name) =>
      newer(join(folder, name)),
    ),
  );
}

/** Serves the built app; `build` makes it build the app first. */
export async function runPreview(o: {
  readonly port: number;
  readonly build: boolean;
  readonly config: unknown;
}): Promise<Running> {
  if (o.build) {
    const { build } = await import('vite');
    console.log('Building the app ...');
    await build({ logLevel: 'warn' });
  }
  return startHost({ dist: 'dist', config: o.config, port: o.port, orNext: true });
}

/** Serves the source through Vite, with the sandbox's configuration. */
export async function runDev(port: number, config: () => unknown): Promise<Running> {
  const { createServer } = await import('vite');
  const vite = await createServer({
    server: { port, host: '127.0.0.1' },
    plugins: [configPlugin(config)],
    logLevel: 'warn',
  });
  await vite.listen();
  const address = vite.httpServer?.address() as AddressInfo;
  return {
    origin: `http://localhost:${address.port}`,
    port: address.port,
    close: () => vite.close(),
  };
}

const configPlugin = (config: () => unknown): Plugin => ({
  name: 'sandbox-config',
  configureServer(server) {
    server.middlewares.use('/config.json', (_req, res) => {
      res.setHeader('content-type', 'application/json');
      res.setHeader('cache-control', 'no-store');
      res.end(JSON.stringify(config()));
    });
  },
});
