import { forget, recall, remember } from '../storage.ts';

/** A launch whose answer is awaited. Bound to this tab, used once, and short-lived. */
export interface Pending {
  readonly state: string;
  readonly nonce: string | undefined;
  readonly server: string;
  readonly issuer: string | undefined;
  readonly namesIssuer: boolean;
  readonly revocation: string | undefined;
  readonly jwks: string | undefined;
  readonly scopes: readonly string[];
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const KEY = 'smart.pending';
const LIFETIME_MS = 600_000;

const isPending = (value: unknown): value is Pending =>
  typeof value === 'object' &&
  value !== null &&
  'state' in value &&
  typeof value.state === 'string' &&
  value.state.length >= 32 &&
  'server' in value &&
  typeof value.server === 'string' &&
  'at' in value &&
  typeof value.at === 'number';

export function keepPending(pending: Pending): void {
  remember(KEY, pending);
}

/** The launch that is awaited, which is thereby no longer awaited. */
export function takePending(): Pending | undefined {
  const pending = recall(KEY, isPending);
  forget(KEY);
  return pending;
}

/** Whether this tab waits for the answer to a launch. */
export function isAwaited(): boolean {
  return recall(KEY, isPending) !== undefined;
}

export function clearPending(): void {
  forget(KEY);
}

/** @param now milliseconds since the epoch */
export function isFresh(pending: Pending, now: number): boolean {
  return now >= pending.at && now - pending.at <= LIFETIME_MS;
}
