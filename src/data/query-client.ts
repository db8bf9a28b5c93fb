import { QueryClient, type Query } from '@tanstack/react-query';

const MINUTE = 60_000;

/**
 * The cache of one session, in memory only. Retry lives in the transport, which knows what may be
 * repeated; a list must not change under the eyes because a window got the focus.
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
        structuralSharing: false, // pages of a thousand resources: comparing costs more than drawing
      },
      mutations: { retry: false, networkMode: 'always', gcTime: 0 },
    },
  });
  letOldPagesGo(client);
  return client;
}

/** Pages of a search that are cached though not shown: enough for Back, and for the next. */
const PAGES_KEPT = 4;

// See keys.ts: ['fhir', baseUrl, session, 'Patient', 'search', ...].
const isListPage = (key: readonly unknown[]): boolean =>
  key[3] === 'Patient' && key[4] === 'search';

/** Paging deep must not fill the memory: the pages left longest ago go first. */
function letOldPagesGo(client: QueryClient): void {
  const cache = client.getQueryCache();
  const left = new WeakMap<Query, number>();
  let turn = 0;
  const letGo = (): void => {
    // Not `type: 'inactive'`: so is what is shown without being asked for by itself, as a count.
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
    // Who leaves a page comes to another only then: removed now, it would be asked for without end.
    queueMicrotask(letGo);
  });
}
