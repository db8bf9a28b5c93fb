import { QueryClientProvider, type Query } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Session } from '#session/session.ts';
import { FhirContext } from './fhir-context.ts';
import { fhirFor, preparedFor } from './prepared.ts';
import { createQueryClient } from './query-client.ts';

/**
 * The FHIR client and the cache of one session. Another session (its `key` differs) gets new ones;
 * the old cache is emptied, so that no data of a previous patient, user or server stays in memory.
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
      // StrictMode unmounts and mounts again at once: then the cache is still in use.
      emptying.current = setTimeout(() => {
        void cache.cancelQueries();
        cache.clear();
      });
    };
  }, [cache]);
  // Signed in again in place: what failed for want of a token is asked for again.
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
