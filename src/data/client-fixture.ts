import { createClient, type ClientOptions } from '#fhir/client/create-client.ts';
import { RequestLog } from '#fhir/transport/log.ts';

/** Makes a client for a test's own server, without a token and with short pauses before retries. */
export const clientOf = (server: { baseUrl: string }, o: Partial<ClientOptions> = {}) =>
  createClient({
    baseUrl: server.baseUrl,
    authorization: async () => undefined,
    renew: async () => false,
    retry: { pause: 5 },
    log: new RequestLog(),
    ...o,
  });
