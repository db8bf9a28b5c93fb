import type { SessionError } from '../errors.ts';
import type { Session, SessionKind } from '../session.ts';

/** A server that a person may choose on the sign-in page. */
export interface SignInOption {
  readonly id: string;
  readonly label: string;
  readonly kind: SessionKind;
  /** Origin and path of the FHIR service, to tell two servers of the same name apart. */
  readonly fhirBaseUrl: string;
}

/** What a person types to sign in, where the kind asks for something. */
export interface SignInInput {
  /** An access token, or the JSON that `az account get-access-token` prints. Kept in memory only. */
  readonly token?: string;
  /** Ask the identity provider to offer its list of accounts. */
  readonly chooseAccount?: boolean;
}

/** Why the sign-in page is seen, where that is worth a word. */
export type SignInNotice =
  | 'signed-out'
  | 'signed-out-elsewhere'
  | 'idle'
  | 'expired'
  | 'token-forgotten'
  | 'cancelled';

export interface ReadyState {
  readonly state: 'ready';
  readonly session: Session;
  /** The token ran out and no new one can be had without the person: mask the page. */
  readonly expired: boolean;
  /**
   * Signs in again to the same server, in place where the kind can. Undefined for a session that an
   * EHR launched: only a new launch says again which patient is meant.
   */
  readonly signInAgain: ((input?: SignInInput) => Promise<void>) | undefined;
}

export interface SignedOutState {
  readonly state: 'signed-out';
  readonly servers: readonly SignInOption[];
  /** Whether an EHR could launch the app: then an empty list of servers is no mistake. */
  readonly launchable: boolean;
  readonly notice: SignInNotice | undefined;
  /** Rejects with a SessionError when the sign-in cannot be started or completed. */
  readonly signIn: (serverId: string, input?: SignInInput) => Promise<void>;
}

export interface FailedState {
  readonly state: 'failed';
  readonly error: SessionError;
  /** Tries the same thing once more, where that can help. */
  readonly retry: (() => void) | undefined;
  /** What to open in a window of its own where a frame is the trouble: the same launch, if any. */
  readonly elsewhere: string;
  /** Another session is open in this tab, untouched by the attempt: `startOver` goes back to it. */
  readonly stillOpen: boolean;
  /** The server that it was about, as far as that is noted; an EHR's launch names it by `iss`. */
  readonly serverId: string | undefined;
  /** As an EHR spelled it. Text from the address: looked up on the site's list, never asked. */
  readonly iss: string | undefined;
  /** Goes to the start of the app, signed out of the attempt that failed. */
  readonly startOver: () => void;
}

/** What the one session of this page is doing. */
export type SessionState =
  | ReadyState
  | SignedOutState
  | FailedState
  /** The page is on its way to the identity provider. */
  | { readonly state: 'leaving' };
