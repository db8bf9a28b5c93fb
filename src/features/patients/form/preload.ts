import type { ComponentType } from 'react';
import { lazyPart, type LazyPart, type MissingPart } from '#ui/states/lazy-part.tsx';

/**
 * Loads a code chunk along with the page, so that it is available if the network is lost later. If
 * loading failed, each call of the returned function tries again.
 *
 * @param load imports the chunk
 */
export function preloadedPart<T>(load: () => Promise<T>): () => Promise<T> {
  const early = load();
  early.catch(() => undefined); // not awaited yet
  return () => early.catch(load);
}

/** A component preloaded with {@link preloadedPart}; the rest of the page works without it. */
export const preload = <P extends object>(
  load: () => Promise<ComponentType<P>>,
  Missing: ComponentType<P & MissingPart>,
): LazyPart<P> => lazyPart(preloadedPart(load), Missing);
