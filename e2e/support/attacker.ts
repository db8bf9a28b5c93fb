import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Visit {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** A stranger's server that answers everybody, allows every origin and writes everything down. */
export interface Attacker {
  readonly origin: string;
  readonly visits: Visit[];
  /** Answers a path with this instead of an empty searchset. */
  serve(path: string, contentType: string, body: string): void;
  reset(): void;
  close(): Promise<void>;
}

/** Starts a {@link Attacker} on a free port. */
export async function startAttacker(): Promise<Attacker> {
  const visits: Visit[] = [];
  const pages = new Map<string, { contentType: string; body: string }>();
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    // Browsers ask for it by themselves: it says nothing about the page.
    if (!url.startsWith('/favicon'))
      visits.push({ method: request.method ?? '', url, headers: request.headers });
    response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
    response.setHeader('Access-Control-Allow-Headers', '*, Authorization, Content-Type, Prefer');
    response.setHeader('Access-Control-Allow-Methods', '*');
    const page = pages.get(url.split('?')[0] ?? '');
    response.setHeader('Content-Type', page?.contentType ?? 'application/fhir+json');
    response.end(page?.body ?? '{"resourceType":"Bundle","type":"searchset"}');
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    visits,
    serve: (path, contentType, body) => pages.set(path, { contentType, body }),
    reset() {
      visits.length = 0;
      pages.clear();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
