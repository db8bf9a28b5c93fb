import type { Entry } from '../entry/entry-url.ts';
import { LaunchError, SessionError, type LaunchFailure } from '../errors.ts';
import { wasUsed } from '../idle/idle-watch.ts';
import { recallOpened } from '../tab-storage/opened.ts';
import { forgetRedirects } from '../entry/redirect-guard.ts';
import { takePage } from '../entry/return-to.ts';
import type { FailedState } from './state.ts';
import { setSessionState } from './store.ts';

/** What the page was opened for. In memory only: a launch value stands in no address and no storage. */
export interface Attempt {
  readonly entry: Entry;
  readonly url: URL;
  /** Whether the answer to a launch was awaited: then what is noted as open is that launch. */
  readonly awaited: boolean;
}

/**
 * What is said of an attempt that failed, with the ways on.
 *
 * @param again makes the same attempt once more
 */
export function failedState(
  error: unknown,
  { entry, url, awaited }: Attempt,
  again: () => void,
): FailedState {
  // Only after its issuer was found on the list: storage is looked at later than that.
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
    // Noted when the page was left for the sign-in; of a launch, only once its issuer has answered.
    serverId: recallOpened()?.id,
    iss: (entry.kind === 'launch' && entry.params.get('iss')) || undefined,
    elsewhere: blocked && entry.kind === 'launch' ? url.href : import.meta.env.BASE_URL,
    // Loaded anew: the sign-in libraries clear what an attempt left behind, and a session that was
    // open before goes on.
    startOver: () => {
      forgetRedirects();
      // Without its hash: with one, the browser would only scroll where the page is the same.
      location.replace((takePage()?.path ?? import.meta.env.BASE_URL).replace(/#.*/, ''));
    },
  };
}

/** A launch that got no further than the server's metadata: its launch value was not used yet. */
const mayPass = (error: unknown, { kind }: Entry): boolean =>
  kind === 'launch' &&
  (!(error instanceof LaunchError) || error.failure === 'network' || error.failure === 'discovery');

/** An old answer opened once more, or a launch that was refused before anything was begun. */
const HARMLESS: readonly LaunchFailure[] = ['bad-state', 'bad-launch', 'issuer-not-allowed'];

/**
 * Whether a session is noted that a failure did not touch. MSAL keeps its accounts whatever became of
 * another sign-in, which is noted too; a pasted token is gone with its page.
 */
function leavesSessionsAlone(error: unknown): boolean {
  const opened = recallOpened();
  if (opened?.kind === 'entra') return wasUsed();
  const harmless = error instanceof LaunchError && HARMLESS.includes(error.failure);
  return harmless && opened !== undefined && opened.kind !== 'token';
}
