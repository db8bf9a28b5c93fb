import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { unzipSync } from 'fflate';

/** A package that was unpacked and is served by the server inside it. */
export interface Packaged {
  /** `http://localhost:<port>` */
  readonly origin: string;
  /** The path under which it is hosted, with slashes at both ends. */
  readonly base: string;
  close(): Promise<void>;
}

/** Makes any number of packages from one build. */
export interface Workshop {
  /** Makes a zip with the program of `npm run package`. @returns path of the zip */
  zip(config: unknown, base: string): string;
  /** Returns every file in a zip by its path. */
  files(zip: string): ReadonlyMap<string, Uint8Array>;
  /** Returns the text of a file in a zip. */
  read(zip: string, path: string): string;
  /** Unpacks a zip. @returns the folder */
  unpack(zip: string): string;
  /** Starts an unpacked package as its `package.json` says; `folder` may be a symbolic link. */
  serve(folder: string, base: string): Promise<Packaged>;
  close(): void;
}

const TSX = 'node_modules/tsx/dist/cli.mjs';

export function openWorkshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'package-e2e-'));
  let count = 0;
  return {
    zip(config, base) {
      count += 1;
      const site = join(folder, `site-${count}.json`);
      const out = join(folder, `site-${count}.zip`);
      writeFileSync(site, JSON.stringify(config));
      const build = join(folder, 'build');
      const args = ['--config', site, '--out', out, '--base', base, '--build', build];
      execFileSync(process.execPath, [TSX, 'sandbox/package/cli.ts', ...args], { stdio: 'pipe' });
      return out;
    },
    files: (zip) => new Map(Object.entries(unzipSync(readFileSync(zip)))),
    read(zip, path) {
      const body = unzipSync(readFileSync(zip))[path];
      if (!body) throw new Error(`${path} is not in the package`);
      return Buffer.from(body).toString('utf8');
    },
    unpack,
    serve,
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function unpack(zip: string): string {
  const folder = zip.replace(/\.zip$/, '');
  for (const [path, body] of Object.entries(unzipSync(readFileSync(zip)))) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, body);
  }
  return folder;
}

async function serve(folder: string, base: string): Promise<Packaged> {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  const script = scripts.start.replace(/^node /, '');
  const child = spawn(process.execPath, [script], {
    cwd: folder,
    env: { PORT: '0', HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(child.stdout)) {
    const port = /port (\d+)/.exec(line)?.[1];
    if (!port) continue;
    return {
      origin: `http://localhost:${port}`,
      base,
      async close() {
        const exit = once(child, 'exit');
        child.kill('SIGTERM');
        await exit;
      },
    };
  }
  throw new Error('the packaged server ended before it listened');
}
