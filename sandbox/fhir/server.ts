import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FhirResource } from 'fhir/r4';
import { unauthorized, type Access, type TokenVerifier } from './access.ts';
import { jsonAnswer, toAnswer, type Answer } from './answer.ts';
import { capabilityStatement, type OauthUris } from './capability-statement.ts';
import { corsHeaders, defaultCors, preflightHeaders, type CorsSettings } from './cors.ts';
import { createFaults, type FaultControl } from './faults/faults.ts';
import { faultAnswer, send, spoil, wait } from './faults/fault-transport.ts';
import type { Behaviour, Mode } from './faults/modes.ts';
import { FhirProblem } from './outcome.ts';
import { SandboxRepository } from './repository.ts';
import { parseBody, readBody } from './request-body.ts';
import { logEntry, type RequestLogEntry } from './request-log.ts';
import { createRouter } from './router.ts';
import { FhirService, type RequestContext } from './service.ts';
import type { Store } from './store.ts';

export interface FhirServerOptions {
  /** The initial data. */
  resources: readonly FhirResource[];
  /** Older versions of some resources, the oldest first. */
  earlier?: readonly FhirResource[];
  /** The server to imitate; Azure's by default. */
  mode?: Mode;
  /** Verifies the tokens at `baseUrl`, `open` for none; `openBaseUrl` never asks for a token. */
  auth: TokenVerifier | 'open';
  /** Port; 0, the default, for any free port. */
  port?: number;
  cors?: Partial<CorsSettings>;
  /** Returns the body of `.well-known/smart-configuration`; 404 without this function. */
  smartConfiguration?: () => unknown;
}

export interface FhirServer {
  /** Base address, `http://localhost:PORT/fhir`. */
  readonly baseUrl: string;
  /** Base address of the same data without sign-in. */
  readonly openBaseUrl: string;
  readonly faults: FaultControl;
  readonly log: RequestLogEntry[];
  /** May be changed at run time; `setMode` replaces all of it. */
  readonly behaviour: Behaviour;
  readonly cors: CorsSettings;
  /** The data, for tests to prepare and to check. */
  readonly store: Store;
  setMode(mode: Mode): void;
  /** Restores the initial data, behaviour, faults and CORS settings, and empties the log. */
  reset(): void;
  close(): Promise<void>;
}

/** Starts a FHIR R4 server over the data. It listens on localhost only. */
export async function startFhirServer(o: FhirServerOptions): Promise<FhirServer> {
  const service = new FhirService([...(o.earlier ?? []), ...o.resources], o.mode ?? 'azure');
  const router = createRouter();
  const faults = createFaults();
  const log: RequestLogEntry[] = [];
  // Copied, so that a reset undoes the changes of a test.
  const initialCors = (): CorsSettings => structuredClone({ ...defaultCors(), ...o.cors });
  const cors = initialCors();
  const smart = (): unknown => o.smartConfiguration?.();

  async function answer(
    req: IncomingMessage,
    url: URL,
    base: string,
    body: string,
  ): Promise<Answer> {
    const open = base.endsWith('/open/fhir') || o.auth === 'open';
    const path = url.pathname.slice(new URL(base).pathname.length + 1);
    if (path === 'metadata' && req.method === 'GET') {
      return jsonAnswer(
        200,
        capabilityStatement(base, service.behaviour, open ? undefined : oauthUris(smart())),
      );
    }
    if (path === 'health/check') return health();
    if (path === '.well-known/smart-configuration' && !open && o.smartConfiguration) {
      return { ...jsonAnswer(200, smart()), contentType: 'application/json' };
    }
    const context = requestContext(req, base, service.behaviour);
    try {
      context.access = open ? undefined : await authenticate(req, o.auth as TokenVerifier);
      const request = parseBody(req, path + url.search, body);
      return toAnswer(
        request.method,
        await router.handleRequest(request, new SandboxRepository(service, context)),
        context,
      );
    } catch (error) {
      if (!(error instanceof FhirProblem)) throw error;
      if (error.status === 401 && service.behaviour.bareUnauthorized)
        return { ...jsonAnswer(401, ''), body: '' };
      return toAnswer('GET', [error.outcome], context);
    }
  }

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', origin);
    const entry = logEntry(req, url);
    log.push(entry);
    res.once('close', () => (entry.over = true));
    const fault = faults.take(entry.method, url.pathname + url.search);
    if (fault?.delay !== undefined) await wait(fault.delay);
    await fault?.hold?.();
    if (entry.method === 'OPTIONS' && !fault?.status) {
      entry.status = 204;
      return send(res, {
        status: 204,
        headers: preflightHeaders(req, cors, service.behaviour),
        contentType: '',
        body: '',
      });
    }
    entry.body = await readBody(req);
    if (fault?.connection === 'drop' && !fault.afterWork)
      return send(res, jsonAnswer(0, ''), 'drop');
    const base = [`${origin}/open/fhir`, `${origin}/fhir`].find(
      (b) =>
        url.pathname === new URL(b).pathname || url.pathname.startsWith(`${new URL(b).pathname}/`),
    );
    const substitute = fault && faultAnswer(fault);
    const work = (): Promise<Answer> => realAnswer(req, url, base, entry.body);
    if (substitute && fault.afterWork) await work();
    const real = substitute ?? (await work());
    entry.status = real.status;
    const bare = real.status === 401 && service.behaviour.bareUnauthorized;
    const sent = {
      ...real,
      headers: { ...(bare ? {} : corsHeaders(req, cors, service.behaviour)), ...real.headers },
    };
    return send(res, fault && !substitute ? spoil(sent, fault) : sent, fault?.connection);
  }

  async function realAnswer(
    req: IncomingMessage,
    url: URL,
    base: string | undefined,
    body: string,
  ): Promise<Answer> {
    if (base !== undefined) return answer(req, url, base, body);
    if (url.pathname === '/health/check') return health();
    return {
      status: 404,
      headers: {},
      contentType: 'text/html',
      body: '<html><title>404 Not Found</title></html>',
    };
  }

  const server = createServer((req, res) => {
    handle(req, res).catch((error: unknown) => {
      const text = error instanceof Error ? error.message : String(error);
      send(
        res,
        jsonAnswer(500, {
          resourceType: 'OperationOutcome',
          issue: [{ severity: 'fatal', code: 'exception', diagnostics: text }],
        }),
      );
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(o.port ?? 0, 'localhost', resolve);
  });
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    baseUrl: `${origin}/fhir`,
    openBaseUrl: `${origin}/open/fhir`,
    faults,
    log,
    cors,
    store: service.store,
    get behaviour() {
      return service.behaviour;
    },
    setMode: (mode) => service.setMode(mode),
    reset() {
      service.reset();
      faults.clear();
      Object.assign(cors, initialCors());
      log.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function authenticate(req: IncomingMessage, verify: TokenVerifier): Promise<Access> {
  const token = /^Bearer (\S+)$/i.exec(req.headers.authorization ?? '')?.[1];
  const access = token === undefined ? undefined : await verify(token);
  if (!access) throw unauthorized();
  return access;
}

function requestContext(req: IncomingMessage, base: string, behaviour: Behaviour): RequestContext {
  const prefer = String(req.headers['prefer'] ?? '').toLowerCase();
  const handling = /handling=(strict|lenient)/.exec(prefer)?.[1] ?? behaviour.handling;
  return {
    base,
    access: undefined,
    handling: handling as RequestContext['handling'],
    prefer,
    requestId: randomUUID(),
  };
}

const health = (): Answer => ({
  ...jsonAnswer(200, {
    overallStatus: 'Healthy',
    details: [{ name: 'DataStoreHealthCheck', status: 'Healthy' }],
  }),
  contentType: 'application/json',
});

function oauthUris(configuration: unknown): OauthUris | undefined {
  if (typeof configuration !== 'object' || configuration === null) return {};
  const smart = configuration as Record<string, unknown>;
  const uris: OauthUris = {};
  if (typeof smart['authorization_endpoint'] === 'string')
    uris.authorize = smart['authorization_endpoint'];
  if (typeof smart['token_endpoint'] === 'string') uris.token = smart['token_endpoint'];
  if (typeof smart['revocation_endpoint'] === 'string') uris.revoke = smart['revocation_endpoint'];
  return uris;
}
