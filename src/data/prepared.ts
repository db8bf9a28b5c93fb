import type { QueryClient } from '@tanstack/react-query';
import { createClient } from '#fhir/client/create-client.ts';
import { RequestLog } from '#fhir/transport/log.ts';
import type { Session } from '#session/session.ts';
import type { Fhir } from './fhir-context.ts';
import { createQueryClient } from './query-client.ts';
import { transportOptions } from './transport-options.ts';

/** Makes client and request log for a session, outside React: for the access check and tests. */
export function fhirFor(session: Session): Fhir {
  const log = new RequestLog();
  return { client: createClient(transportOptions({ session, log })), session, log };
}

export interface Prepared {
  readonly fhir: Fhir;
  readonly cache: QueryClient;
}

let prepared: Prepared | undefined;

/** Makes client and cache of a session before it is rendered, so that data can be preloaded. */
export function prepare(session: Session): Prepared {
  prepared = { fhir: fhirFor(session), cache: createQueryClient() };
  return prepared;
}

/** Returns the client and cache that {@link prepare} made for this session object, if any. */
export const preparedFor = (session: Session): Prepared | undefined =>
  prepared?.fhir.session === session ? prepared : undefined;
