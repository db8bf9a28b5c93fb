import type { Server } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Listens on the loopback address only: the sandbox's servers believe whoever asks.
 *
 * @param port 0 for any free port
 * @param o.orNext when the port is taken, try the next ones (up to 20)
 * @throws {Error} when no port could be had
 */
export function listen(
  server: Server | SecureServer,
  port: number,
  o: { orNext?: boolean } = {},
): Promise<Listening> {
  return o.orNext ? orNext(port, (p) => listenOn(server, p)) : listenOn(server, port);
}

/**
 * Starts something on this port, or on the first of the next twenty that is free.
 *
 * @throws {Error} when all are taken, or for another reason
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
