import { QueryClient, type Query } from '@tanstack/react-query';

const MINUTE = 60_000;

/**
 * Makes the cache of one session, in memory only. The transport retries, not the cache, because it
 * knows which requests are safe to repeat. A list must not change while the user reads it, so
 * queries are not repeated when the window gets the focus.
 */
export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: true,
        networkMode: 'always', // a server on this machine or network needs no internet
        staleTime: MINUTE,
        gcTime: 5 * MINUTE,
        structuralSharing: false, // comparing 1,000 resources costs more than rendering them
      },
      mutations: { retry: false, networkMode: 'always', gcTime: 0 },
    },
  });
  letOldPagesGo(client);
  return client;
}

/** Number of patient list pages kept in the cache after they were left, for Back and Next. */
const PAGES_KEPT = 4;

// See keys.ts: ['fhir', baseUrl, session, 'Patient', 'search', ...].
const isListPage = (key: readonly unknown[]): boolean =>
  key[3] === 'Patient' && key[4] === 'search';

/** Removes list pages that were left longest ago, so that paging does not fill the memory. */
function letOldPagesGo(client: QueryClient): void {
  const cache = client.getQueryCache();
  const left = new WeakMap<Query, number>();
  let turn = 0;
  const letGo = (): void => {
    // Counting observers, because `type: 'inactive'` includes queries with disabled observers, such
    // as a count on screen.
    const unseen = cache
      .findAll({ fetchStatus: 'idle' })
      .filter((query) => isListPage(query.queryKey) && query.getObserversCount() === 0);
    unseen
      .sort((a, b) => (left.get(b) ?? 0) - (left.get(a) ?? 0))
      .slice(PAGES_KEPT)
      .forEach((query) => cache.remove(query));
  };
  cache.subscribe(({ type, query }) => {
    if (type !== 'observerRemoved') return;
    left.set(query, (turn += 1));
    // A list leaves one page before it observes the next: a removal now could remove that next
    // page, which would be fetched again and again.
    queueMicrotask(letGo);
  });
}
