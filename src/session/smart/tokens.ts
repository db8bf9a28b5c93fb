import type { Renewable } from '../shared-tokens.ts';

/** What the tabs of one SMART session hand to each other. */
export interface Tokens extends Renewable {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

export function readTokens(value: unknown): Tokens | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { accessToken, refreshToken, expiresAt, renewals } = value as Partial<
    Record<string, unknown>
  >;
  if (typeof accessToken !== 'string') return undefined;
  if (typeof expiresAt !== 'number' || typeof renewals !== 'number') return undefined;
  return {
    accessToken,
    refreshToken: typeof refreshToken === 'string' ? refreshToken : undefined,
    expiresAt,
    renewals,
  };
}
