import { isFramed } from '../../environment.ts';
import { forget, recall, remember } from '../../tab-storage/storage.ts';
import { AWAITED_KEY } from './awaited.ts';
import { dropState } from '../fhirclient.ts';

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

const areAwaited = (value: unknown): value is readonly Pending[] =>
  Array.isArray(value) && value.every(isPending);

const awaited = (): readonly Pending[] => recall(AWAITED_KEY, areAwaited) ?? [];

function keepAwaited(launches: readonly Pending[]): void {
  if (launches.length > 0) remember(AWAITED_KEY, launches);
  else forget(AWAITED_KEY);
}

export function keepPending(pending: Pending): void {
  keepAwaited([...awaited(), pending]);
}

/**
 * The launch that an answer is for, which is thereby no longer awaited. An answer that is for none
 * uses up none.
 *
 * @param state of the answer; null where it has none
 * @param isNameless whether the answer may be for a launch, the only one there is, though it has no
 *   state
 */
export function takePending(
  state: string | null,
  isNameless: (launch: Pending) => boolean,
): Pending | undefined {
  const launches = awaited();
  const only = launches.length === 1 ? launches.find(isNameless) : undefined;
  const mine = state === null ? only : launches.find((launch) => launch.state === state);
  keepAwaited(launches.filter((launch) => launch !== mine));
  return mine;
}

/**
 * Forgets the launches that this window has given up. Frames of one page share the storage of its
 * tab: there the launch of another frame stays awaited until it is too old.
 *
 * @param now milliseconds since the epoch
 */
export function dropPending(now: number): void {
  const launches = awaited();
  const others = isFramed() ? launches.filter((launch) => isFresh(launch, now)) : [];
  for (const launch of launches) if (!others.includes(launch)) dropState(launch.state);
  keepAwaited(others);
}

/**
 * Whether the answer to a launch may still come, also by a clock that was set back meanwhile: what
 * binds the answer is its state, this tab and PKCE.
 *
 * @param now milliseconds since the epoch
 */
export function isFresh({ at }: Pick<Pending, 'at'>, now: number): boolean {
  return Math.abs(now - at) <= LIFETIME_MS;
}
