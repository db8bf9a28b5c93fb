import type { AccountInfo } from '@azure/msal-browser';
import type { EntraAuth } from '#config/schema.ts';
import { decodeJwt, expiryOf, textIn } from '../jwt.ts';
import type { SessionUser } from '../session.ts';
import { forget, recall, remember } from '../tab-storage/storage.ts';
import { mayIssue } from './authority.ts';

const KEY = 'entra.named';
const SKEW_MS = 300_000;
const isText = (value: unknown): value is string => typeof value === 'string';

/**
 * Whether an id_token is valid for displaying the user. MSAL checks its nonce only, but not issuer,
 * audience and time. TLS to the token endpoint replaces the signature check (OpenID Connect Core
 * 1.0, 3.1.3.7, point 6).
 *
 * @param now milliseconds since the epoch
 */
export function isOurs(idToken: string, auth: EntraAuth, now = Date.now()): boolean {
  const { header, claims } = decodeJwt(idToken) ?? {};
  const alg = header?.['alg'];
  if (!isText(alg) || alg.toLowerCase() === 'none') return false;
  if (textIn(claims, 'aud') !== auth.clientId) return false;
  if (!mayIssue(textIn(claims, 'iss') ?? '', auth)) return false;
  const expiry = expiryOf(claims);
  return expiry !== undefined && expiry + SKEW_MS >= now;
}

/** Stores after a sign-in whether its id_token is valid, so that a reload knows it too. */
export function noteIdentity(account: AccountInfo, idToken: string, auth: EntraAuth): void {
  if (isOurs(idToken, auth)) remember(KEY, account.homeAccountId);
  else forget(KEY);
}

/** Returns the user to show as signed in; undefined if the id_token was not valid. */
export function userOf(account: AccountInfo): SessionUser | undefined {
  if (recall(KEY, isText) !== account.homeAccountId) return undefined;
  return {
    name: account.name || account.username || account.homeAccountId,
    login: account.username || undefined,
  };
}
