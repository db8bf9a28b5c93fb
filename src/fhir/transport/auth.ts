import { signInAgain, Unauthorized } from '../errors.ts';
import { isUnder, type Call, type Layer } from './compose.ts';
import { beforehand } from './network.ts';

export interface AuthOptions {
  readonly baseUrl: string;
  /** The `Authorization` header value; undefined where the server is open. */
  readonly authorization: () => Promise<string | undefined>;
  /** After a 401: tries for a new token. False: the person must sign in again. */
  readonly renew: () => Promise<boolean>;
  /** Milliseconds to wait for either. */
  readonly timeout: number;
}

const withToken = (call: Call, authorization: string): Call => ({
  ...call,
  headers: { ...call.headers, authorization },
});

const refused = (): never => {
  throw signInAgain();
};

/** A token that is refused though it was just renewed is not renewed again for so long. */
const PAUSE_MS = 300_000;

/**
 * Adds the token, and after a 401 renews it once and sends once more; a second 401 stands. A 401
 * means that the server did nothing, so this is safe for writes too. The token goes to the
 * configured base and to nothing else.
 */
export function auth(o: AuthOptions): Layer {
  // Many requests may meet a 401 at once: one renewal serves them all.
  let renewing: Promise<boolean> | undefined;
  const renewOnce = () =>
    (renewing ??= o.renew().finally(() => {
      renewing = undefined;
    }));
  // A new token is no remedy where the server takes none, of this audience or for these records.
  let spent: string | undefined;
  let until = 0;

  return (next) => async (call) => {
    if (!isUnder(o.baseUrl, call.url)) return next(call);
    const wait = <T>(asked: Promise<T>) => beforehand(asked, call, o.timeout);
    const used = await wait(o.authorization());
    if (used === undefined) return next(call);
    const response = await next(withToken(call, used)).catch((error: unknown) => {
      if (error instanceof Unauthorized) return undefined; // told from the token's age, see network.ts
      throw error;
    });
    if (response && response.status !== 401) return response;
    // Another request may have renewed the token while this one was under way.
    const current = await wait(o.authorization());
    if (
      current === used &&
      ((used === spent && Date.now() < until) || !(await wait(renewOnce())))
    ) {
      return response ?? refused();
    }
    const fresh = await wait(o.authorization());
    if (fresh === undefined) return response ?? refused();
    await response?.body?.cancel();
    const second = await next(withToken(call, fresh));
    if (second.status === 401) {
      spent = fresh;
      until = Date.now() + PAUSE_MS;
    }
    return second;
  };
}
