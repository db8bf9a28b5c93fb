import { signInAgain, Unauthorized } from '../errors.ts';
import { isUnder, type Call, type Layer } from './compose.ts';
import { beforehand } from './network.ts';

export interface AuthOptions {
  readonly baseUrl: string;
  /** Resolves to the value of the `Authorization` header; undefined for an open server. */
  readonly authorization: () => Promise<string | undefined>;
  /** Tries to get a new token after a 401. Resolves to false if the user must sign in again. */
  readonly renew: () => Promise<boolean>;
  /** Milliseconds to wait for `authorization` and for `renew`. */
  readonly timeout: number;
}

const withToken = (call: Call, authorization: string): Call => ({
  ...call,
  headers: { ...call.headers, authorization },
});

const refused = (): never => {
  throw signInAgain();
};

/** Milliseconds for which a token that was refused right after its renewal is not renewed again. */
const PAUSE_MS = 300_000;

/**
 * Adds the token. After a 401 it renews the token and repeats the request once; a second 401 is
 * returned. A 401 means that the server did nothing, so repeating is safe for writes, too. The
 * token is sent only to URLs under the configured base.
 */
export function auth(o: AuthOptions): Layer {
  // Several requests may get a 401 at the same time, and share one renewal.
  let renewing: Promise<boolean> | undefined;
  const renewOnce = () =>
    (renewing ??= o.renew().finally(() => {
      renewing = undefined;
    }));
  // The token that was refused right after its renewal, until `until`. A server may refuse every
  // token, for example because of its audience, and then renewing each time is useless.
  let spent: string | undefined;
  let until = 0;

  return (next) => async (call) => {
    if (!isUnder(o.baseUrl, call.url)) return next(call);
    const wait = <T>(asked: Promise<T>) => beforehand(asked, call, o.timeout);
    const used = await wait(o.authorization());
    if (used === undefined) return next(call);
    const response = await next(withToken(call, used)).catch((error: unknown) => {
      if (error instanceof Unauthorized) return undefined; // inferred from its expiry, network.ts
      throw error;
    });
    if (response && response.status !== 401) return response;
    // Another request may have renewed the token in the meantime.
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
