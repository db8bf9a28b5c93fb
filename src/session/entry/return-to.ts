import { isRecord } from '#lib/narrow.ts';
import { forget, recall, remember } from '../tab-storage/storage.ts';

const KEY = 'return';

/** A place in the app. */
export interface PlaceToReturn {
  readonly path: string;
  /** State of the page's history entry, such as its search terms. */
  readonly state?: unknown;
}

const isPlace = (value: unknown): value is PlaceToReturn =>
  isRecord(value) && typeof value['path'] === 'string';

/**
 * Returns a path to return to, or undefined if it is not a page of this app: a manipulated value in
 * the storage must not redirect the user to another site.
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

/** Stores the current page before the user leaves for the identity provider. */
export function rememberPage(): void {
  const { pathname, search, hash } = location;
  remember(KEY, { path: pathname + search + hash, state: history.state });
}

/** Returns the page the user was on before signing in, and forgets it. */
export function takePage(): PlaceToReturn | undefined {
  const place = recall(KEY, isPlace);
  forget(KEY);
  const path = place && safePath(place.path, location.origin, import.meta.env.BASE_URL);
  return path === undefined ? undefined : { path, state: place?.state };
}

/**
 * Returns the first page after a sign-in.
 *
 * @param patient logical id of the patient that the sign-in selected, if any: then no page of
 *   another patient may open
 * @param asked the page that the user was on before
 * @param base the path under which the app is hosted, with slashes at both ends
 */
export function pageOfPatient(
  patient: string | undefined,
  asked: PlaceToReturn | undefined,
  base: string,
): PlaceToReturn {
  const path = base + (patient ? `patients/${patient}` : '');
  const page = asked?.path.replace(/[?#].*/, '');
  return asked && (!patient || `${page}/`.startsWith(`${path}/`)) ? asked : { path };
}
