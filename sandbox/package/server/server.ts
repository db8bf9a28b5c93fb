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
 * The packaged app's own web server, for a Linux plan or any machine with Node: `PORT` and `HOST`
 * from the environment, https by whatever stands before it. It is bundled into one file without
 * dependencies. Files and configuration are read once: a changed `config.json` needs a restart, and
 * the headers follow it.
 */

const folder = fileURLToPath(new URL('..', import.meta.url));
const { base } = JSON.parse(
  readFileSync(new URL('site.json', import.meta.url), 'utf8'),
) as SiteFile;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function readConfig(): string {
  // Edited on the server, by a Windows editor perhaps: browsers skip its mark, JSON.parse does not.
  const text = readFileSync(join(folder, 'config.json'), 'utf8').replace(/^\uFEFF/, '');
  try {
    parseConfig(JSON.parse(text));
  } catch (error) {
    // The app itself says this to whoever opens it, so it is served all the same.
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

// Room for the callback of a sign-in: authorization codes may be thousands of characters long.
const server = createServer({ maxHeaderSize: 32 * 1024, requestTimeout: 30_000 }, answer);
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
