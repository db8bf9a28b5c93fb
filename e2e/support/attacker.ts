import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Visit {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** How a response differs from the default one. */
export interface Answering {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds before the response is sent. */
  readonly delay?: number;
}

/** A foreign server that answers every request, allows every origin and records each visit. */
export interface Attacker {
  readonly origin: string;
  readonly visits: Visit[];
  /** Serves `body` at `path`; other paths get an empty searchset. */
  serve(path: string, contentType: string, body: string, how?: Answering): void;
  reset(): void;
  close(): Promise<void>;
}

/** Starts a {@link Attacker} on a free port. */
export async function startAttacker(): Promise<Attacker> {
  const visits: Visit[] = [];
  const pages = new Map<string, { contentType: string; body: string; how: Answering }>();
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    // Browsers request the favicon by themselves: it says nothing about the page.
    if (!url.startsWith('/favicon'))
      visits.push({ method: request.method ?? '', url, headers: request.headers });
    response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
    response.setHeader('Access-Control-Allow-Headers', '*, Authorization, Content-Type, Prefer');
    response.setHeader('Access-Control-Allow-Methods', '*');
    const page = pages.get(url.split('?')[0] ?? '');
    response.setHeader('Content-Type', page?.contentType ?? 'application/fhir+json');
    response.statusCode = page?.how.status ?? 200;
    for (const [name, value] of Object.entries(page?.how.headers ?? {}))
      response.setHeader(name, value);
    const body = page?.body ?? '{"resourceType":"Bundle","type":"searchset"}';
    setTimeout(() => response.end(body), page?.how.delay ?? 0);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    visits,
    serve: (path, contentType, body, how = {}) => pages.set(path, { contentType, body, how }),
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
