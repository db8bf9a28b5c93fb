import { createContext, useCallback, useContext, useRef, type ReactNode } from 'react';

type Announce = (text: string) => void;

const AnnounceContext = createContext<Announce>(() => undefined);

/** Renders the polite live region of the page. */
export function Announcer({ children }: { children: ReactNode }) {
  const region = useRef<HTMLDivElement>(null);
  const announce = useCallback<Announce>((text) => {
    const element = region.current;
    if (!element) return;
    // Screen readers announce the same text again only if the region was empty in between.
    element.textContent = '';
    setTimeout(() => (element.textContent = text), 50);
  }, []);
  return (
    <AnnounceContext value={announce}>
      {children}
      <div ref={region} className="visually-hidden" aria-live="polite" aria-atomic="true" />
    </AnnounceContext>
  );
}

/** Returns a function that makes screen readers announce a text when idle. */
export function useAnnounce(): Announce {
  return useContext(AnnounceContext);
}
