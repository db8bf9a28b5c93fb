import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseConfig } from '#config/load.ts';
import { ConfigError } from '#lib/app-error.ts';
import { readFiles } from '../../host/files.ts';
import { createSite } from '../../host/site.ts';
import { HIDDEN, type SiteFile } from '../layout.ts';

/**
 * The web server in the package, for a Linux plan or any machine with Node. It reads `PORT` and
 * `HOST` from the environment, and a proxy in front of it provides https. It is bundled into one
 * file without dependencies. It reads files and configuration once: a changed `config.json`, and
 * the headers made from it, need a restart.
 */

const folder = fileURLToPath(new URL('..', import.meta.url));
const { base } = JSON.parse(
  readFileSync(new URL('site.json', import.meta.url), 'utf8'),
) as SiteFile;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function readConfig(): string {
  // A Windows editor may add a byte order mark, which browsers skip but JSON.parse refuses.
  const text = readFileSync(join(folder, 'config.json'), 'utf8').replace(/^\uFEFF/, '');
  try {
    parseConfig(JSON.parse(text));
  } catch (error) {
    // The app is served all the same, because it shows the user what is wrong.
    const problems =
      error instanceof ConfigError
        ? error.problems.map(({ path, message }) => `  ${path}: ${message}`)
        : [`  ${String(error)}`];
    say(['config.json is wrong:', ...problems].join('\n'));
  }
  return text;
}

const site = createSite({
  files: readFiles(folder, HIDDEN),
  config: readConfig(),
  base,
  https: true,
});

function answer(req: IncomingMessage, res: ServerResponse): void {
  try {
    site(req, res);
  } catch (error) {
    say(`error: ${String(error)}`);
    if (!res.headersSent) res.statusCode = 500;
    res.end();
  }
}

const server = createServer(
  {
    // Larger than Node's default, because authorization codes may be thousands of characters long.
    maxHeaderSize: 32 * 1024,
    requestTimeout: 30_000,
    // Longer than the proxies in front keep an idle connection (App Service and nginx 60 s, Azure
    // Front Door 90 s). Node's 5 s would close one that a proxy is about to use, which answers 502.
    keepAliveTimeout: 95_000,
  },
  answer,
);
server.listen(Number(process.env['PORT'] ?? 8080), process.env['HOST'], () => {
  const address = server.address();
  say(`listening on port ${typeof address === 'object' ? address?.port : address}, base ${base}`);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    setTimeout(() => process.exit(0), 5_000).unref();
  });
}
