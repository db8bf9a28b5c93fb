import { LaunchError } from '../errors.ts';

// Reading `window.sessionStorage` itself throws where third-party storage is blocked, which is the
// rule rather than the exception inside the frame of an EHR.
// Begins with the path of the app: others, and other sites of this one, may lie on the same origin.
const PREFIX = `${import.meta.env.BASE_URL}pb.`;

const memory = new Map<string, string>();

function area(): Storage | undefined {
  try {
    const probe = `${PREFIX}probe`;
    sessionStorage.setItem(probe, '1');
    sessionStorage.removeItem(probe);
    return sessionStorage;
  } catch {
    return undefined;
  }
}

let checked: { area: Storage | undefined } | undefined;
const current = (): Storage | undefined => (checked ??= { area: area() }).area;

/** Whether the browser lets this page keep anything for the length of the tab. */
export function storageWorks(): boolean {
  return current() !== undefined;
}

/**
 * A sign-in with redirects must keep its state and PKCE verifier over a page load.
 *
 * @throws {LaunchError} `storage-blocked`
 */
export function requireStorage(): void {
  if (!storageWorks()) {
    throw new LaunchError('storage-blocked', 'The browser denies session storage to this page');
  }
}

/** Reads a small value of the app's own; undefined where it is missing or not what was written. */
export function recall<T>(key: string, check: (value: unknown) => value is T): T | undefined {
  // In memory only where storage would not take it: then it is the newer one.
  const text = memory.get(key) ?? current()?.getItem(PREFIX + key);
  if (!text) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return check(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a small value for the length of the tab; in memory only where storage is blocked. */
export function remember(key: string, value: unknown): void {
  const text = JSON.stringify(value);
  const store = current();
  if (!store) {
    memory.set(key, text);
    return;
  }
  try {
    store.setItem(PREFIX + key, text);
    memory.delete(key);
  } catch {
    memory.set(key, text); // the quota is used up: this page load still works
  }
}

export function forget(key: string): void {
  current()?.removeItem(PREFIX + key);
  memory.delete(key);
}

/** Removes the app's own values and leaves those of the sign-in libraries. */
export function forgetOwn(): void {
  forgetWhere(() => true);
}

/**
 * Removes some of the app's own values.
 *
 * @param which is asked with the key and the JSON of each
 */
export function forgetWhere(which: (key: string, text: string) => boolean): void {
  for (const [key, text] of memory) if (which(key, text)) memory.delete(key);
  const store = current();
  if (!store) return;
  for (const name of Object.keys(store)) {
    if (!name.startsWith(PREFIX)) continue;
    if (which(name.slice(PREFIX.length), store.getItem(name) ?? '')) store.removeItem(name);
  }
}

/** Removes everything that the app, MSAL and fhirclient keep in this tab. */
export function forgetEverything(): void {
  memory.clear();
  try {
    current()?.clear();
  } catch {
    // Nothing is kept there then.
  }
}
