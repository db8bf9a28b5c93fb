import { lazy, type ComponentType } from 'react';

/**
 * A part of a page that travels beside it: fetched at once and not when it is needed, because the
 * network may be gone by then, yet not in the way of the page itself. Where it did not come, it is
 * asked for once more.
 *
 * @param load imports the part
 */
export function beside<P>(load: () => Promise<ComponentType<P>>) {
  const early = load();
  early.catch(() => undefined); // nobody waits for it yet
  return lazy(async () => ({ default: await early.catch(load) }));
}
