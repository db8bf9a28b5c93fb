import { QueryClientProvider, type Query } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Session } from '#session/session.ts';
import { FhirContext } from './fhir-context.ts';
import { fhirFor, preparedFor } from './prepared.ts';
import { createQueryClient } from './query-client.ts';

/**
 * Provides the FHIR client and the cache of one session. A session with another `key` gets new ones
 * and the old cache is emptied: no data of a previous patient, user or server stays in memory.
 */
export function DataProvider({ session, children }: { session: Session; children: ReactNode }) {
  return (
    <KeyedProvider key={session.key} session={session}>
      {children}
    </KeyedProvider>
  );
}

function KeyedProvider({ session, children }: { session: Session; children: ReactNode }) {
  const [cache] = useState(() => preparedFor(session)?.cache ?? createQueryClient());
  const fhir = useMemo(() => preparedFor(session)?.fhir ?? fhirFor(session), [session]);
  const emptying = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    clearTimeout(emptying.current);
    return () => {
      // React's StrictMode unmounts and remounts at once, and the cache is then still in use.
      emptying.current = setTimeout(() => {
        void cache.cancelQueries();
        cache.clear();
      });
    };
  }, [cache]);
  // After the user has signed in again in place, queries that failed without a token are repeated.
  useEffect(() => {
    if (session.kind === 'open') return;
    const predicate = ({ state }: Query): boolean => state.status === 'error';
    void cache.refetchQueries({ type: 'active', predicate });
  }, [cache, session]);
  return (
    <QueryClientProvider client={cache}>
      <FhirContext value={fhir}>{children}</FhirContext>
    </QueryClientProvider>
  );
}
