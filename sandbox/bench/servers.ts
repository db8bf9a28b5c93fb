/**
 * The servers of the benchmark, in a process of their own: beside the one that drives the browser
 * they would wait for it, and the measured page for them. Started by `startServers`.
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
  /** The base of the FHIR server. */
  readonly fhirBaseUrl: string;
  /** Where the floor's page is. */
  readonly floor: string;
  /** Where the app is. */
  readonly app: string;
  /** A page of another site, from where both are opened. */
  readonly elsewhere: string;
}

export interface Wanted {
  readonly patients: number;
  /** Milliseconds a FHIR request. */
  readonly latency: number;
}

/** @throws {Error} if they do not start */
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

/** A page of another site than `localhost`. */
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
  // Nobody is there any more who needs them.
  process.on('disconnect', () => process.exit());
}

if (process.argv[1] === import.meta.filename) {
  await serve(JSON.parse(process.argv[2] ?? '{}') as Wanted);
}
