import { forget, recall, remember } from '../tab-storage/storage.ts';

const KEY = 'return';

/** A place in the app. */
export interface PlaceToReturn {
  readonly path: string;
  /** What the page keeps in its history entry, such as what was searched for. */
  readonly state?: unknown;
}

const isPlace = (value: unknown): value is PlaceToReturn =>
  typeof value === 'object' && value !== null && 'path' in value && typeof value.path === 'string';

/**
 * Checks a path to come back to. Only a path of this app is followed, so that nothing that wrote
 * to the storage can send the person elsewhere.
 *
 * @param base the path under which the app is hosted, with slashes at both ends
 */
export function safePath(path: string, origin: string, base: string): string | undefined {
  if (!path.startsWith('/') || path.startsWith('//') || /[\\\s]/.test(path)) return undefined;
  if (!URL.canParse(path, origin)) return undefined;
  const url = new URL(path, origin);
  if (url.origin !== origin || !url.pathname.startsWith(base)) return undefined;
  const name = url.pathname.slice(base.length).replace(/\/$/, '');
  if (name === 'launch' || name === 'callback' || name === 'redirect.html') return undefined;
  return url.pathname + url.search + url.hash;
}

/** Notes the page where the person is, before leaving for the identity provider. */
export function rememberPage(): void {
  const { pathname, search, hash } = location;
  remember(KEY, { path: pathname + search + hash, state: history.state });
}

/** Where the person was before signing in; used once. */
export function takePage(): PlaceToReturn | undefined {
  const place = recall(KEY, isPlace);
  forget(KEY);
  const path = place && safePath(place.path, location.origin, import.meta.env.BASE_URL);
  return path === undefined ? undefined : { path, state: place?.state };
}
