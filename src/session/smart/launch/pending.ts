import { isRecord } from '#lib/narrow.ts';
import { isFramed } from '../../environment.ts';
import { forget, recall, remember } from '../../tab-storage/storage.ts';
import { AWAITED_KEY } from './awaited.ts';
import { dropState } from '../fhirclient.ts';

/** A launch that awaits its response. Bound to this tab, single-use and short-lived. */
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
  isRecord(value) &&
  typeof value['state'] === 'string' &&
  value['state'].length >= 32 &&
  typeof value['server'] === 'string' &&
  typeof value['at'] === 'number';

const areAwaited = (value: unknown): value is readonly Pending[] =>
  Array.isArray(value) && value.every(isPending);

const awaited = (): readonly Pending[] => recall(AWAITED_KEY, areAwaited) ?? [];

function keepAwaited(launches: readonly Pending[]): void {
  if (launches.length > 0) remember(AWAITED_KEY, launches);
  else forget(AWAITED_KEY);
}

/** Keeps a launch in the storage of this tab until its response arrives. */
export function keepPending(pending: Pending): void {
  keepAwaited([...awaited(), pending]);
}

/**
 * Returns and removes the launch of a response. A response that matches no launch removes none.
 *
 * @param state of the response; null if it has none
 * @param isNameless whether a response without state may belong to the only pending launch
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
 * Removes the abandoned launches of this window. Frames of one page share the storage of the tab,
 * so inside a frame launches of other frames stay until they expire.
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
 * Whether a launch has not expired. Also accepts times in the future, because the clock may have
 * been set back; security rests on the state, the tab and PKCE.
 *
 * @param now milliseconds since the epoch
 */
export function isFresh({ at }: Pick<Pending, 'at'>, now: number): boolean {
  return Math.abs(now - at) <= LIFETIME_MS;
}
