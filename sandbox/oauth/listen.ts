import type { Server } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Listens on the loopback address only, because the sandbox's servers trust every client.
 *
 * @param port 0 for any free port
 * @param o.orNext when the port is taken, tries the next ones (up to 20)
 * @throws {Error} when no port is free
 */
export function listen(
  server: Server | SecureServer,
  port: number,
  o: { orNext?: boolean } = {},
): Promise<Listening> {
  return o.orNext ? orNext(port, (p) => listenOn(server, p)) : listenOn(server, port);
}

/**
 * Calls `start` with a port and, while the port is taken, with each of the next twenty.
 *
 * @throws {Error} when all ports are taken, or when `start` fails for another reason
 */
export async function orNext<T>(port: number, start: (port: number) => Promise<T>): Promise<T> {
  for (let candidate = port; ; candidate += 1) {
    try {
      return await start(candidate);
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!taken || candidate - port >= 20) throw error;
    }
  }
}

function listenOn(server: Server | SecureServer, port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve({
        port: (server.address() as AddressInfo).port,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}
