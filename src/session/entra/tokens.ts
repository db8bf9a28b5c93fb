import {
  AuthError,
  CacheLookupPolicy,
  type AccountInfo,
  type AuthenticationResult,
  type PublicClientApplication,
} from '@azure/msal-browser';
import { isRecord } from '#lib/narrow.ts';
import { isFramed } from '../environment.ts';
import {
  makeShareSecret,
  shareTokens,
  type Renewable,
  type ShareSecret,
} from '../tab-storage/shared-tokens.ts';
import { recall, remember } from '../tab-storage/storage.ts';
import type { EntraServer } from './client.ts';
import { apiScopes } from './config.ts';

/** The tokens of one account in this tab. */
export interface EntraTokens {
  readonly account: AccountInfo;
  readonly scopes: string[];
  /**
   * @param forceRefresh whether to ignore the cached token
   * @throws {AuthError} as MSAL does
   */
  ask(forceRefresh: boolean): Promise<AuthenticationResult>;
}

/** MSAL's storage entries of one account, by key; opaque to this app. */
interface Held extends Renewable {
  readonly entries: Readonly<Record<string, string>>;
}

/** Stored in the tab, and copied when the tab is duplicated. */
interface Shared extends Renewable {
  readonly secret: ShareSecret;
}

const KEY = 'entra.share';

const isShared = (value: unknown): value is Shared =>
  isRecord(value) && 'secret' in value && 'renewals' in value;

/**
 * Creates a new secret after a sign-in, so that its tokens are shared only with duplicates of this
 * tab.
 */
export async function noteTokens(): Promise<void> {
  remember(KEY, { secret: await makeShareSecret(), renewals: 0 } satisfies Shared);
}

/**
 * Whether a storage key holds tokens of an account (MSAL's `CacheKeys`) or MSAL's list of token
 * keys.
 */
const isOf = (key: string, account: AccountInfo): boolean =>
  key.split('|')[1] === account.homeAccountId.toLowerCase() ||
  /^msal\.\d+\.token\.keys\./.test(key);

function readHeld(value: unknown): Held | undefined {
  if (!isRecord(value)) return undefined;
  const { entries, renewals } = value;
  if (typeof renewals !== 'number' || !isRecord(entries)) return undefined;
  const texts = Object.entries(entries).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return { renewals, entries: Object.fromEntries(texts) };
}

/**
 * Skips the hidden frame of a silent sign-in if the app itself is in a frame, because the nested
 * frame is blocked and would hang for ten seconds.
 */
const quick = () =>
  isFramed() ? { cacheLookupPolicy: CacheLookupPolicy.AccessTokenAndRefreshToken } : {};

/**
 * Returns the tokens of an account. MSAL does not coordinate tabs, so tabs with the same refresh
 * token take turns here.
 */
export function tokensOf(
  server: EntraServer,
  msal: PublicClientApplication,
  account: AccountInfo,
): EntraTokens {
  const scopes = apiScopes(server, server.auth);
  const secret = recall(KEY, isShared)?.secret;
  /**
   * Returns the shared state; undefined after a new sign-in, whose tokens belong to another
   * session.
   */
  const current = (): Shared | undefined => {
    const now = recall(KEY, isShared);
    return now?.secret.id === secret?.id ? now : undefined;
  };
  const own = (): Held | undefined => {
    const now = current();
    if (!now) return undefined;
    const kept = Object.entries(sessionStorage).filter(([key]) => isOf(key, account));
    return { renewals: now.renewals, entries: Object.fromEntries(kept) };
  };
  const note = (renewals: number): void => {
    const now = current();
    if (now) remember(KEY, { ...now, renewals } satisfies Shared);
  };
  const shared = shareTokens(secret, own, readHeld);

  const cached = async (): Promise<AuthenticationResult | undefined> => {
    try {
      const cacheLookupPolicy = CacheLookupPolicy.AccessToken;
      return await msal.acquireTokenSilent({ scopes, account, cacheLookupPolicy });
    } catch (error) {
      if (error instanceof AuthError && error.errorCode === 'token_refresh_required') {
        return undefined;
      }
      throw error;
    }
  };

  const renew = async (forceRefresh: boolean): Promise<AuthenticationResult> => {
    // Repeat until no other tab has newer tokens, as for SMART.
    for (let newer = await shared.newer(); newer; newer = await shared.newer()) {
      for (const [key, text] of Object.entries(newer.entries)) {
        if (isOf(key, account)) sessionStorage.setItem(key, text);
      }
      note(newer.renewals);
      const found = await cached();
      if (found) return found;
    }
    const result = await msal.acquireTokenSilent({ scopes, account, forceRefresh, ...quick() });
    if (!result.fromCache) note((current()?.renewals ?? 0) + 1);
    return result;
  };

  return {
    account,
    scopes,
    ask: async (forceRefresh) =>
      (forceRefresh ? undefined : await cached()) ?? shared.inTurn(() => renew(forceRefresh)),
  };
}
