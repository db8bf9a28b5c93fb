import { AppError } from '#lib/app-error.ts';

/** Base class of errors that prevent a session from being opened or kept open. */
export abstract class SessionError extends AppError {}

/** Why a launch or a sign-in failed. Each value has its own text and recovery. */
export type LaunchFailure =
  | 'bad-launch' // /launch without exactly one iss and one launch
  | 'issuer-not-allowed'
  | 'discovery' // metadata cannot be read
  | 'endpoint-not-allowed' // metadata names an endpoint at a host that is not allowed
  | 'no-pkce'
  | 'bad-state' // the response belongs to another window, is too old or was used already
  | 'mix-up' // RFC 9207: the response comes from another issuer
  | 'denied' // the authorization server refused; see `code`
  | 'token-response' // unusable token response
  | 'no-session' // /callback was opened without a response
  | 'storage-blocked'
  | 'framed' // sign-in does not work inside a frame
  | 'insecure-context'
  | 'loop' // too many redirects in a minute
  | 'interrupted' // another sign-in is in progress
  | 'authority' // the identity provider cannot be reached
  | 'network';

interface LaunchErrorOptions {
  readonly code?: string | undefined;
  readonly detail?: string | undefined;
  readonly legacyAzureProxy?: boolean | undefined;
  readonly cause?: unknown;
}

/** A launch or sign-in that could not be completed. */
export class LaunchError extends SessionError {
  readonly kind = 'launch';
  readonly failure: LaunchFailure;
  /** The OAuth error code of the server, such as `access_denied`; shown as text only. */
  readonly code: string | undefined;
  /** The server's error description, length-capped; shown as text only. */
  readonly detail: string | undefined;
  /**
   * Whether the server is behind the legacy Azure SMART proxy, which needs another registration.
   */
  readonly legacyAzureProxy: boolean | undefined;

  constructor(failure: LaunchFailure, message: string, o: LaunchErrorOptions = {}) {
    super(message, { cause: o.cause });
    this.failure = failure;
    this.code = o.code;
    this.detail = o.detail;
    this.legacyAzureProxy = o.legacyAzureProxy;
  }
}

/** No valid token is left, and getting a new one needs the user. */
export class SignInRequired extends SessionError {
  readonly kind = 'sign-in-required';
}

/** Pasted text that is not a valid access token. */
export class TokenInputError extends SessionError {
  readonly kind = 'token-input';
  readonly reason: 'empty' | 'shape' | 'expired';

  constructor(reason: TokenInputError['reason']) {
    super(`The pasted token is unusable: ${reason}`);
    this.reason = reason;
  }
}
