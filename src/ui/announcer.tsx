import { createContext, useCallback, useContext, useRef, type ReactNode } from 'react';

type Announce = (text: string) => void;

const AnnounceContext = createContext<Announce>(() => undefined);

/** Holds the one polite live region of the page. */
export function Announcer({ children }: { children: ReactNode }) {
  const region = useRef<HTMLDivElement>(null);
  const announce = useCallback<Announce>((text) => {
    const element = region.current;
    if (!element) return;
    // The same words twice are a new message only if the region was empty in between.
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

/** A function that has a screen reader say something when it has the time. */
export function useAnnounce(): Announce {
  return useContext(AnnounceContext);
}
