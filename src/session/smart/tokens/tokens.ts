import { isRecord } from '#lib/narrow.ts';
import type { Renewable } from '../../tab-storage/shared-tokens.ts';

/** Tokens that the tabs of one SMART session send to each other. */
export interface Tokens extends Renewable {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  /** Seconds since the epoch; undefined if the lifetime is unknown. */
  readonly expiresAt: number | undefined;
  /** Undefined unless a renewal has changed them. */
  readonly scopes: readonly string[] | undefined;
}

/**
 * Reads tokens that another tab sent, which may run another version of the app.
 *
 * @returns undefined if the access token or the count of renewals is missing
 */
export function readTokens(value: unknown): Tokens | undefined {
  if (!isRecord(value)) return undefined;
  const { accessToken, refreshToken, expiresAt, scopes, renewals } = value;
  if (typeof accessToken !== 'string') return undefined;
  if (typeof renewals !== 'number') return undefined;
  return {
    accessToken,
    refreshToken: typeof refreshToken === 'string' ? refreshToken : undefined,
    expiresAt: typeof expiresAt === 'number' ? expiresAt : undefined,
    scopes: Array.isArray(scopes) ? scopes.filter((s) => typeof s === 'string') : undefined,
    renewals,
  };
}
