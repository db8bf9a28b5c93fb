import { createServer, type Server } from 'node:http';
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
export async function listen(
  server: Server | SecureServer,
  port: number,
  o: { orNext?: boolean } = {},
): Promise<Listening> {
  for (let candidate = port; ; candidate += 1) {
    try {
      return await listenOn(server, candidate);
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!taken || !o.orNext || candidate - port >= 20) throw error;
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

/**
 * The first port from this one up that nobody listens on.
 *
 * @throws {Error} when the next twenty are taken
 */
export async function freePort(from: number): Promise<number> {
  const probe = await listen(createServer(), from, { orNext: true });
  await probe.close();
  return probe.port;
}
