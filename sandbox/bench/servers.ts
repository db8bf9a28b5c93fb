/**
 * The servers of the benchmark, in a separate process: in the process that drives the browser, they
 * would wait for it, and the measured page would wait for them. `startServers` starts them.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generate } from '../data/generate.ts';
import { startFhirServer } from '../fhir/server.ts';
import { startHost } from '../host/host.ts';
import { startFloor } from './floor.ts';

export interface Servers {
  /** Base address of the FHIR server. */
  readonly fhirBaseUrl: string;
  /** Address of the floor page. */
  readonly floor: string;
  /** Address of the app. */
  readonly app: string;
  /** Address of a page of another site, from which both pages are opened. */
  readonly elsewhere: string;
}

export interface Wanted {
  readonly patients: number;
  /** Delay of each FHIR request in milliseconds. */
  readonly latency: number;
}

/**
 * Starts the servers in a child process.
 *
 * @throws {Error} when the child process ends instead of reporting its addresses
 */
export async function startServers(
  wanted: Wanted,
): Promise<Servers & { readonly close: () => void }> {
  const child = fork(import.meta.filename, [JSON.stringify(wanted)]);
  const failed = once(child, 'exit').then(() => {
    throw new Error('The servers of the benchmark have ended');
  });
  const [servers] = (await Promise.race([once(child, 'message'), failed])) as [Servers];
  failed.catch(() => undefined);
  return { ...servers, close: () => void child.kill() };
}

/** Starts a server with one page, at `127.0.0.1`: for the browser another site than `localhost`. */
async function startElsewhere(): Promise<string> {
  const server = createServer((_req, res) => {
    res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    res.end('<!doctype html><title>Portal</title><h1>Portal</h1>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function serve({ patients, latency }: Wanted): Promise<void> {
  const { resources } = generate({ patients, charts: 60 });
  const fhir = await startFhirServer({ resources, auth: 'open' });
  const slow = { path: /./, delay: latency };
  fhir.faults.add(slow);
  fhir.faults.add({ ...slow, method: 'OPTIONS' });
  const floor = await startFloor(fhir.baseUrl);
  const server = { id: 'open', label: 'Bench server', fhirBaseUrl: fhir.baseUrl };
  const app = await startHost({
    dist: 'dist',
    config: { servers: [{ ...server, auth: { type: 'open' } }] },
  });
  const servers: Servers = {
    fhirBaseUrl: fhir.baseUrl,
    floor: floor.origin,
    app: app.origin,
    elsewhere: await startElsewhere(),
  };
  process.send?.(servers);
  // The parent process has ended, so nothing uses the servers any more.
  process.on('disconnect', () => process.exit());
}

if (process.argv[1] === import.meta.filename) {
  await serve(JSON.parse(process.argv[2] ?? '{}') as Wanted);
}
