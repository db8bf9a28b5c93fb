import type { Entry } from '../entry/entry-url.ts';
import { LaunchError, SessionError, type LaunchFailure } from '../errors.ts';
import { wasUsed } from '../idle/idle-watch.ts';
import { recallOpened } from '../tab-storage/opened.ts';
import { forgetRedirects } from '../entry/redirect-guard.ts';
import { takePage } from '../entry/return-to.ts';
import type { FailedState } from './state.ts';
import { setSessionState } from './store.ts';

/**
 * What the page was opened for. Kept in memory only, because a launch value must not be in a URL or
 * the storage.
 */
export interface Attempt {
  readonly entry: Entry;
  readonly url: URL;
  /**
   * Whether the tab was waiting for the response to a launch. The stored session is then that
   * launch.
   */
  readonly awaited: boolean;
}

/**
 * Returns the state that describes a failed attempt and the ways to recover.
 *
 * @param again repeats the attempt
 */
export function failedState(
  error: unknown,
  { entry, url, awaited }: Attempt,
  again: () => void,
): FailedState {
  // Storage is checked only after the issuer was found in the configuration, so the launch URL is
  // safe to open again.
  const blocked = error instanceof LaunchError && error.failure === 'storage-blocked';
  return {
    state: 'failed',
    error:
      error instanceof SessionError
        ? error
        : new LaunchError('network', 'The sign-in could not be completed', { cause: error }),
    retry: mayPass(error, entry)
      ? () => {
          setSessionState({ state: 'leaving' });
          forgetRedirects();
          again();
        }
      : undefined,
    stillOpen: !awaited && leavesSessionsAlone(error),
    // Stored when the page navigated to the sign-in; for a launch, only after its issuer responded.
    serverId: recallOpened()?.id,
    iss: (entry.kind === 'launch' && entry.params.get('iss')) || undefined,
    elsewhere: blocked && entry.kind === 'launch' ? url.href : import.meta.env.BASE_URL,
    // Reload, so that the sign-in libraries clear the failed attempt and an earlier session
    // continues.
    startOver: () => {
      forgetRedirects();
      // Remove the hash, because on the same page the browser would only scroll.
      location.replace((takePage()?.path ?? import.meta.env.BASE_URL).replace(/#.*/, ''));
    },
  };
}

/** Whether a retry can help: the launch failed before its single-use launch value was sent. */
const mayPass = (error: unknown, { kind }: Entry): boolean =>
  kind === 'launch' &&
  (!(error instanceof LaunchError) || error.failure === 'network' || error.failure === 'discovery');

/** Failures of an old response or of a launch that was refused before it changed anything. */
const HARMLESS: readonly LaunchFailure[] = ['bad-state', 'bad-launch', 'issuer-not-allowed'];

/**
 * Whether an earlier session survived the failure. MSAL keeps its accounts after any failed
 * sign-in, but the failed one may itself be stored as opened, so `wasUsed` decides. A pasted token
 * is lost with its page.
 */
function leavesSessionsAlone(error: unknown): boolean {
  const opened = recallOpened();
  if (opened?.kind === 'entra') return wasUsed();
  const harmless = error instanceof LaunchError && HARMLESS.includes(error.failure);
  return harmless && opened !== undefined && opened.kind !== 'token';
}
