import type { ComponentType } from 'react';
import { lazyPart, type LazyPart, type MissingPart } from '#ui/states/lazy-part.tsx';

/**
 * Code that travels beside a page: fetched at once and not when it is needed, because the network
 * may be gone by then, yet not in the way of the page itself. Where it did not come, it is asked
 * for once more.
 *
 * @param load imports it
 */
export function preloadedPart<T>(load: () => Promise<T>): () => Promise<T> {
  const early = load();
  early.catch(() => undefined); // nobody waits for it yet
  return () => early.catch(load);
}

/** A part of a page that travels beside it, as {@link preloadedPart} says; without it the page stays. */
export const preload = <P extends object>(
  load: () => Promise<ComponentType<P>>,
  Missing: ComponentType<P & MissingPart>,
): LazyPart<P> => lazyPart(preloadedPart(load), Missing);
