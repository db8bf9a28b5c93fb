import { createContext, useContext } from 'react';
import type { FhirClient } from '#fhir/client/client.ts';
import type { RequestLog } from '#fhir/transport/log.ts';
import type { Session } from '#session/session.ts';

/** What queries and mutations work with: one for each session. */
export interface Fhir {
  readonly client: FhirClient;
  readonly session: Session;
  /** The exchanges of this session, without search values; for the access check. */
  readonly log: RequestLog;
}

export const FhirContext = createContext<Fhir | undefined>(undefined);

/** @throws where there is no DataProvider above: a mistake in the program. */
export function useFhir(): Fhir {
  const fhir = useContext(FhirContext);
  if (!fhir) throw new Error('useFhir needs a DataProvider');
  return fhir;
}
