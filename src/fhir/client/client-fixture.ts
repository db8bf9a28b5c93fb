import type { Patient } from 'fhir/r4';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { generate } from '#sandbox/data/generate.ts';
import { startFhirServer, type FhirServer } from '#sandbox/fhir/server.ts';
import type { FhirClient } from './client.ts';
import { createClient, type ClientOptions } from './create-client.ts';
import { RequestLog } from '../transport/log.ts';

/** A sandbox server and connections to it, for the tests of the client. */
export interface Bench {
  readonly server: FhirServer;
  /** The tokens that the server accepts, at first `t1`. The token `reader` may only read. */
  readonly valid: Set<string>;
  connect(o?: Partial<ClientOptions> & { token?: string }): Connection;
  /** Returns the number of requests that the server received with a method. */
  asked(method: string): number;
}

export interface Connection {
  readonly client: FhirClient;
  readonly log: RequestLog;
  readonly state: { token: string; renewals: number };
}

export const newPatient = (): Patient => ({
  resourceType: 'Patient',
  name: [{ family: 'Testcase', given: ['Ada'] }],
  birthDate: '1980-02-03',
});

export const REQUESTS = {
  auditHeaders: {},
  strictSearch: false,
  conditionalCreate: false,
  timeoutSeconds: 60,
  searchMethod: 'get',
} as const;

/** Starts a server for a test file. Call the returned function only inside its tests. */
export function openBench(): () => Bench {
  const valid = new Set(['t1']);
  let server: FhirServer;

  beforeAll(async () => {
    server = await startFhirServer({
      resources: generate({ patients: 60, charts: 3 }).resources,
      auth: async (token) =>
        valid.has(token)
          ? {
              subject: 'tester',
              roles: [token === 'reader' ? 'FHIR Data Reader' : 'FHIR Data Contributor'],
            }
          : undefined,
    });
  });
  afterAll(() => server.close());
  afterEach(() => {
    server.reset();
    valid.clear();
    valid.add('t1');
  });

  return () => ({
    server,
    valid,
    asked: (method) => server.log.filter((e) => e.method === method).length,
    connect(o = {}) {
      const log = new RequestLog();
      const state = { token: o.token ?? 't1', renewals: 0 };
      const client = createClient({
        baseUrl: server.baseUrl,
        authorization: async () => `Bearer ${state.token}`,
        renew: async () => {
          state.renewals += 1;
          return false;
        },
        retry: { pause: 5 },
        log,
        ...o,
      });
      return { client, log, state };
    },
  });
}
