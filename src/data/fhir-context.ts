import { createContext, useContext } from 'react';
import type { FhirClient } from '#fhir/client/client.ts';
import type { RequestLog } from '#fhir/transport/log.ts';
import type { Session } from '#session/session.ts';

/** Client, session and request log that queries and mutations use; one object per session. */
export interface Fhir {
  readonly client: FhirClient;
  readonly session: Session;
  /** The requests and responses of this session, without search values, for the access check. */
  readonly log: RequestLog;
}

export const FhirContext = createContext<Fhir | undefined>(undefined);

/**
 * Returns the {@link Fhir} of the current session.
 *
 * @throws if no DataProvider is above the component
 */
export function useFhir(): Fhir {
  const fhir = useContext(FhirContext);
  if (!fhir) throw new Error('useFhir needs a DataProvider');
  return fhir;
}
