import { storageKey } from '#lib/url.ts';
import { LaunchError } from '../errors.ts';

// Reading `window.sessionStorage` throws if the browser blocks third-party storage, which is common
// inside the frame of an EHR.
const PREFIX = storageKey('');

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

/** Whether the browser allows this page to use session storage. */
export function storageWorks(): boolean {
  return current() !== undefined;
}

/**
 * Throws if session storage is blocked, because a sign-in with redirects must keep its state and
 * PKCE verifier across a page load.
 *
 * @throws {LaunchError} `storage-blocked`
 */
export function requireStorage(): void {
  if (!storageWorks()) {
    throw new LaunchError('storage-blocked', 'The browser denies session storage to this page');
  }
}

/** Reads a small value of this app; undefined if it is missing or fails the check. */
export function recall<T>(key: string, check: (value: unknown) => value is T): T | undefined {
  // Memory holds a value only if the storage refused it, so the value in memory is newer.
  const text = memory.get(key) ?? current()?.getItem(PREFIX + key);
  if (!text) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return check(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Stores a small value until the tab closes; in memory only if storage is blocked. */
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
    memory.set(key, text); // the quota is exceeded; memory still serves this page load
  }
}

export function forget(key: string): void {
  current()?.removeItem(PREFIX + key);
  memory.delete(key);
}

/** Removes the values of this app and keeps those of the sign-in libraries. */
export function forgetOwn(): void {
  forgetWhere(() => true);
}

/**
 * Removes those values of this app that `which` selects.
 *
 * @param which called with the key and JSON of each value
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

/** Removes everything that the app, MSAL and fhirclient have stored in this tab. */
export function forgetEverything(): void {
  memory.clear();
  try {
    current()?.clear();
  } catch {
    // Blocked storage holds nothing.
  }
}
