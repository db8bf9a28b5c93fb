import { QueryClient } from '@tanstack/react-query';

const MINUTE = 60_000;

/**
 * The cache of one session, in memory only. Retry lives in the transport, which knows what may be
 * repeated; a list must not change under the eyes because a window got the focus.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
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
}
