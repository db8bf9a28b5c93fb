import { useLocation, useNavigate, useRouter } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import type { PageUrl } from '#fhir/types.ts';
import { isRecord } from '#lib/narrow.ts';
import { recall, remember } from '#session/tab-storage/storage.ts';

/**
 * Which page of a panel one is on. Kept in the tab's storage, which sign-out empties, under an id
 * that the browser's history entry has, so that Back and reload find it (ADR 0011).
 */
interface Place {
  /** From 1. */
  readonly page: number;
  /** The server's link of this page; servers such as Microsoft's send no way back. */
  readonly from: PageUrl;
  /** The session it belongs to. */
  readonly of: string;
}

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The id of a place in a panel. */
    panelPage?: string | undefined;
  }
}

const key = (id: string): string => `panel.${id}`;
const isPlace = (value: unknown): value is Place =>
  isRecord(value) && typeof value['page'] === 'number' && typeof value['from'] === 'string';

export interface Pages {
  readonly page: number;
  /** Undefined for the first. */
  readonly from: PageUrl | undefined;
  readonly next: (link: PageUrl) => void;
  readonly previous: () => void;
  /** Begins at page 1, because the link of a later page may have run out. */
  readonly restart: () => void;
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
  const go = (panelPage: string | undefined, replace: boolean): void =>
    void navigate({
      to: '.',
      state: (state) => ({ ...state, panelPage }),
      replace,
      resetScroll: false,
    });
  return {
    page,
    from: place?.from,
    next: (from) => {
      const made = crypto.randomUUID();
      remember(key(made), { page: page + 1, from, of } satisfies Place);
      go(made, false);
    },
    // Every later page was reached through "Next page", so the page before is the entry before.
    previous: () => router.history.back(),
    restart: () => go(undefined, true),
  };
}

/** The pages of a panel that is one of several on a page: they last as long as that is shown. */
export function useLocalPaging(): Pages {
  const [trail, setTrail] = useState<readonly PageUrl[]>([]);
  return {
    page: trail.length + 1,
    from: trail.at(-1),
    next: (link) => setTrail([...trail, link]),
    previous: () => setTrail(trail.slice(0, -1)),
    restart: () => setTrail([]),
  };
}
