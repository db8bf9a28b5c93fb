import type { TransportOptions } from '#fhir/transport/transport.ts';
import type { Fhir } from './fhir-context.ts';

/** Returns how requests of a session are sent: to its server only, with its token. */
export const transportOptions = ({ session, log }: Pick<Fhir, 'session' | 'log'>) =>
  ({
    baseUrl: session.server.fhirBaseUrl,
    authorization: () => session.authorization(),
    renew: () => session.renew(),
    tokenExpired: () => session.tokenExpired?.() ?? false,
    requests: session.server.requests,
    log,
  }) satisfies TransportOptions;
