import type { ComponentType } from 'react';
import { lazyPart, type LazyPart, type MissingPart } from '#ui/states/lazy-part.tsx';

/**
 * Preloads a code chunk as soon as the page loads, so it is available offline; retries once when
 * needed.
 *
 * @param load imports it
 */
export function preloadedPart<T>(load: () => Promise<T>): () => Promise<T> {
  const early = load();
  early.catch(() => undefined); // not awaited yet
  return () => early.catch(load);
}

/** A preloaded component, see {@link preloadedPart}; the page works without it. */
export const preload = <P extends object>(
  load: () => Promise<ComponentType<P>>,
  Missing: ComponentType<P & MissingPart>,
): LazyPart<P> => lazyPart(preloadedPart(load), Missing);
