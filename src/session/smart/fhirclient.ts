import * as security from 'fhirclient/lib/security/browser';
import { authorize, ready } from 'fhirclient/lib/smart';
import type Client from 'fhirclient/lib/Client';
import type { fhirclient } from 'fhirclient/lib/types';
import { appUrl } from '#lib/url.ts';

/**
 * Environment of fhirclient. Its default environment reads the page's URL, whose parameters
 * override those of the app (`iss`, `fhirServiceUrl`, `clientId`, ...). This one always returns the
 * callback URL without a query, and never navigates.
 */

/**
 * fhirclient's storage key for the key of the current state. Never stored, because frames of one
 * page share the storage: the last state may belong to another frame, and fhirclient would delete
 * it. Every call passes its state key instead.
 */
const CURRENT_KEY = 'SMART_KEY';

/** Returns the redirect URI that is registered with the EHR. */
export const redirectUri = (): string => appUrl('callback');

const storage: fhirclient.Storage = {
  get: async (key) => (key === CURRENT_KEY ? undefined : readState(key)),
  set: async (key, value) => {
    if (key !== CURRENT_KEY) sessionStorage.setItem(key, JSON.stringify(value));
    return value;
  },
  unset: async (key) => {
    const had = sessionStorage.getItem(key) !== null;
    sessionStorage.removeItem(key);
    return had;
  },
};

/** Returns a value that fhirclient stored; undefined if it is missing or damaged. */
export function readState(key: string): ReturnType<typeof JSON.parse> {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** Stores the corrected state of a client. */
export function keepState(state: fhirclient.ClientState): void {
  if (state.key) sessionStorage.setItem(state.key, JSON.stringify(state));
}

/** Removes the stored state of a client. */
export function dropState(key: string | undefined): void {
  if (key) sessionStorage.removeItem(key);
}

const unused = (): never => {
  throw new Error('fhirclient is used for authorize, ready and refresh only');
};

const adapter: fhirclient.Adapter = {
  options: {
    replaceBrowserHistory: false, // the app has already removed the parameters
    fullSessionStorageSupport: true,
    refreshTokenWithCredentials: 'omit',
    // A public client must send its client id when it refreshes: RFC 6749, section 6.
    refreshTokenWithClientId: true,
  },
  security,
  getUrl: () => new URL(redirectUri()),
  redirect: unused,
  getStorage: () => storage,
  relative: (path) => new URL(path, redirectUri()).href,
  btoa: (text) => window.btoa(text),
  // fhirclient decodes any token with a dot as a JSON Web Token, and throws if it is not one. The
  // app reads the expiry of its tokens itself.
  atob: () => 'null',
  base64urlencode: unused,
  base64urldecode: unused,
  getAbortController: () => AbortController,
  getSmartApi: unused,
};

/** Prepares a launch and returns the URL of the authorization server. Does not navigate. */
export async function prepare(params: fhirclient.AuthorizeParams): Promise<string> {
  const url = await authorize(adapter, { ...params, noRedirect: true, completeInTarget: true });
  if (typeof url !== 'string') throw new TypeError('fhirclient gave no address');
  return url;
}

/** Exchanges a code, or restores the state of a key if `code` is undefined. */
export function exchange(stateKey: string, code?: string): Promise<Client> {
  // fhirclient does not encode the code in the form body.
  return ready(
    adapter,
    code === undefined ? { stateKey } : { stateKey, code: encodeURIComponent(code) },
  );
}
