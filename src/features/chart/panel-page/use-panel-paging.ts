import { useLocation, useNavigate, useRouter } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { isRecord } from '#lib/narrow.ts';
import { recall, remember } from '#session/tab-storage/storage.ts';
import type { LaterPage } from '../panel-query/panel-query.ts';

/**
 * Which page of a panel one is on. Kept in the tab's storage, which sign-out empties, under an id
 * that the browser's history entry has, so that Back and reload find it (ADR 0011).
 */
interface Place {
  /** From 1. */
  readonly page: number;
  /** With the server's link of this page; servers such as Microsoft's send no way back. */
  readonly later: LaterPage;
  /** The session it belongs to. */
  readonly of: string;
}

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The id of a place in a panel. */
    panelPage?: string | undefined;
  }
}

/** Page 1, where the server no longer kept a later one. */
const EXPIRED = 'expired';

const key = (id: string): string => `panel.${id}`;
const isPlace = (value: unknown): value is Place =>
  isRecord(value) && typeof value['page'] === 'number' && isRecord(value['later']);

export interface Pages {
  readonly page: number;
  /** Undefined for the first. */
  readonly later: LaterPage | undefined;
  /** The server no longer kept a later page, and it began again at page 1. */
  readonly expired: boolean;
  readonly next: (to: LaterPage) => void;
  readonly previous: () => void;
  /** Begins at page 1. */
  readonly restart: (expired: boolean) => void;
}

/** The pages of a panel that fills the page: each is an entry of the browser's history. */
export function usePanelPaging(): Pages {
  const of = useFhir().session.key;
  const id = useLocation({ select: ({ state }) => state.panelPage });
  const navigate = useNavigate();
  const router = useRouter();
  const place = useMemo(() => {
    const kept = id === undefined ? undefined : recall(key(id), isPlace);
    return kept?.of === of ? kept : undefined;
  }, [id, of]);
  const page = place?.page ?? 1;
  const go = (panelPage: string | undefined, replace: boolean): Promise<void> =>
    navigate({
      to: '.',
      state: (state) => ({ ...state, panelPage }),
      replace,
      resetScroll: false,
    });
  return {
    page,
    later: place?.later,
    expired: id === EXPIRED,
    next: (later) => {
      const made = crypto.randomUUID();
      remember(key(made), { page: page + 1, later, of } satisfies Place);
      // Said once: not again on the way back.
      const cleared = id === EXPIRED ? go(undefined, true) : Promise.resolve();
      void cleared.then(() => go(made, false));
    },
    // Every later page was reached through "Next page", so the page before is the entry before.
    previous: () => router.history.back(),
    restart: (expired) => void go(expired ? EXPIRED : undefined, true),
  };
}

/** The pages of a panel that is one of several on a page: they last as long as that is shown. */
export function useLocalPaging(): Pages {
  const [trail, setTrail] = useState<readonly LaterPage[]>([]);
  const [expired, setExpired] = useState(false);
  return {
    page: trail.length + 1,
    later: trail.at(-1),
    expired: expired && trail.length === 0,
    next: (later) => {
      setTrail([...trail, later]);
      setExpired(false);
    },
    previous: () => setTrail(trail.slice(0, -1)),
    restart: (because) => {
      setTrail([]);
      setExpired(because);
    },
  };
}
