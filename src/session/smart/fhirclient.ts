import * as security from 'fhirclient/lib/security/browser';
import { authorize, ready } from 'fhirclient/lib/smart';
import type Client from 'fhirclient/lib/Client';
import type { fhirclient } from 'fhirclient/lib/types';

/**
 * The surroundings that fhirclient runs in here. Its own reads the address of the page, whose
 * parameters then win over what the app passes (`iss`, `fhirServiceUrl`, `clientId`, ...); this one
 * always says "the callback page, with nothing in its query". It also never navigates by itself.
 */

/**
 * fhirclient's own name for the key of its current state. It is not kept: the frames of one page
 * share its storage, so that the last state of the tab may be another frame's, and fhirclient
 * removes what it takes for the one before. Every call names its state instead.
 */
const CURRENT_KEY = 'SMART_KEY';

/** The redirect URI that is registered with the EHR. */
export const redirectUri = (): string =>
  new URL(`${import.meta.env.BASE_URL}callback`, location.origin).href;

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

/** A value that fhirclient keeps; undefined where there is none or it is damaged. */
export function readState(key: string): ReturnType<typeof JSON.parse> {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** Writes back a client's state after it was mended. */
export function keepState(state: fhirclient.ClientState): void {
  if (state.key) sessionStorage.setItem(state.key, JSON.stringify(state));
}

/** Removes what fhirclient keeps of one client. */
export function dropState(key: string | undefined): void {
  if (key) sessionStorage.removeItem(key);
}

const unused = (): never => {
  throw new Error('fhirclient is used for authorize, ready and refresh only');
};

const adapter: fhirclient.Adapter = {
  options: {
    replaceBrowserHistory: false, // the app has scrubbed the address already
    fullSessionStorageSupport: true,
    refreshTokenWithCredentials: 'omit',
    // A public client names itself when it refreshes: RFC 6749, section 6.
    refreshTokenWithClientId: true,
  },
  security,
  getUrl: () => new URL(redirectUri()),
  redirect: unused,
  getStorage: () => storage,
  relative: (path) => new URL(path, redirectUri()).href,
  btoa: (text) => window.btoa(text),
  // fhirclient reads any token with a dot in it as a JSON Web Token, and throws where it is none.
  // The app reads the times of its tokens itself.
  atob: () => 'null',
  base64urlencode: unused,
  base64urldecode: unused,
  getAbortController: () => AbortController,
  getSmartApi: unused,
};

/** Prepares a launch and gives the address of the authorization server. Navigates nowhere. */
export async function prepare(params: fhirclient.AuthorizeParams): Promise<string> {
  const url = await authorize(adapter, { ...params, noRedirect: true, completeInTarget: true });
  if (typeof url !== 'string') throw new TypeError('fhirclient gave no address');
  return url;
}

/** Exchanges a code, or takes up the state that a key names where `code` is undefined. */
export function exchange(stateKey: string, code?: string): Promise<Client> {
  // fhirclient puts the code into a form body as it is.
  return ready(
    adapter,
    code === undefined ? { stateKey } : { stateKey, code: encodeURIComponent(code) },
  );
}
