import type { SessionError } from '../errors.ts';
import type { Session, SessionKind } from '../session.ts';

/** A server that the user may choose on the sign-in page. */
export interface SignInOption {
  readonly id: string;
  readonly label: string;
  readonly kind: SessionKind;
  /** Origin and path of the FHIR service, which distinguish servers with the same label. */
  readonly fhirBaseUrl: string;
}

/** Input of the user for a sign-in, if the session kind needs any. */
export interface SignInInput {
  /** An access token, or the JSON that `az account get-access-token` prints. Kept in memory only. */
  readonly token?: string;
  /** Whether the identity provider offers its list of accounts. */
  readonly chooseAccount?: boolean;
}

/** Why the sign-in page is shown, if the user needs an explanation. */
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
  /** The token expired and a new one needs the user: the page is masked. */
  readonly expired: boolean;
  /**
   * Signs in again to the same server, without leaving the page if the kind allows it. Undefined
   * for a session that an EHR launched, because only a new launch can confirm the patient.
   */
  readonly signInAgain: ((input?: SignInInput) => Promise<void>) | undefined;
}

export interface SignedOutState {
  readonly state: 'signed-out';
  readonly servers: readonly SignInOption[];
  /** Whether an EHR can launch the app, so that an empty list of servers is valid. */
  readonly launchable: boolean;
  readonly notice: SignInNotice | undefined;
  /** Rejects with a SessionError when the sign-in cannot be started or completed. */
  readonly signIn: (serverId: string, input?: SignInInput) => Promise<void>;
}

export interface FailedState {
  readonly state: 'failed';
  readonly error: SessionError;
  /** Repeats the attempt; undefined if that cannot help. */
  readonly retry: (() => void) | undefined;
  /** URL to open in a separate window if the frame causes the failure: the same launch, if any. */
  readonly elsewhere: string;
  /** Whether another session in this tab survived the attempt; `startOver` returns to it. */
  readonly stillOpen: boolean;
  /** Id of the server of the attempt, if it was stored. A launch by an EHR has `iss` instead. */
  readonly serverId: string | undefined;
  /**
   * Issuer of the launch URL as the EHR wrote it. Untrusted: compared with the configuration, never
   * requested.
   */
  readonly iss: string | undefined;
  /** Discards the failed attempt and goes back to the page before it, or to the start page. */
  readonly startOver: () => void;
}

/** State of the only session of this page. */
export type SessionState =
  | ReadyState
  | SignedOutState
  | FailedState
  /** The page is navigating to the identity provider. */
  | { readonly state: 'leaving' };
