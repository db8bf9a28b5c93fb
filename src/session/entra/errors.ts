import { AuthError, InteractionRequiredAuthError } from '@azure/msal-browser';
import { isFramed } from '../environment.ts';
import { LaunchError } from '../errors.ts';
import { refusalCode } from '../provider-codes.ts';

/** MSAL's error codes for a failed silent request; `timed_out` is a frame without a response. */
const NEED_PERSON: readonly string[] = [
  'timed_out',
  'monitor_window_timeout',
  'iframe_closed_prematurely',
  'no_account_error',
  'no_tokens_found',
  'native_account_unavailable',
  'refresh_token_expired',
];

/** Whether getting a token needs the user. */
export function needsPerson(error: unknown): boolean {
  if (error instanceof InteractionRequiredAuthError) return true;
  return (
    error instanceof AuthError &&
    (NEED_PERSON.includes(error.errorCode) || error.errorCode === 'invalid_grant')
  );
}

/**
 * MSAL's error codes for an unreachable identity provider or one that is not the configured one.
 */
const AUTHORITY: readonly string[] = [
  'no_network_connectivity',
  'network_error',
  'post_request_failed',
  'get_request_failed',
  'endpoints_resolution_error',
  'openid_config_error',
  'failed_to_parse_response',
  'invalid_cloud_discovery_metadata',
  'invalid_authority_metadata',
  'untrusted_authority',
  'issuer_validation_failed',
];

const NO_POPUP: readonly string[] = [
  'popup_window_error',
  'empty_window_error',
  'timed_out',
  'popup_relay_unsupported_flow',
];

/** Maps an MSAL error to one that the failure page explains. */
export function toLaunchError(error: unknown): LaunchError {
  if (error instanceof LaunchError) return error;
  if (!(error instanceof AuthError)) {
    return new LaunchError('network', 'The sign-in could not be completed', { cause: error });
  }
  const { errorCode } = error;
  const text = error.errorMessage || error.message;
  const o = {
    cause: error,
    code: refusalCode(text, errorCode),
    detail: text ? text.slice(0, 300) : undefined,
  };
  if (errorCode === 'interaction_in_progress') {
    return new LaunchError('interrupted', 'Another sign-in is going on', { cause: error });
  }
  // In a frame the way to recover is to open the app in its own window, however the popup failed.
  if (isFramed() && NO_POPUP.includes(errorCode)) {
    return new LaunchError('framed', 'No sign-in window from a frame', o);
  }
  if (errorCode === 'redirect_in_iframe' || errorCode === 'block_nested_popups') {
    return new LaunchError('framed', 'MSAL does not redirect inside a frame', { cause: error });
  }
  if (errorCode === 'crypto_nonexistent') {
    return new LaunchError('insecure-context', 'MSAL found no crypto', { cause: error });
  }
  if (errorCode === 'timed_out') {
    return error.subError === 'failed_to_redirect'
      ? new LaunchError('authority', 'No page of the identity provider came', o)
      : new LaunchError('interrupted', 'The sign-in window was not used', { cause: error });
  }
  if (errorCode === 'user_cancelled') {
    return new LaunchError('denied', 'The person closed the sign-in window', { ...o, detail: '' });
  }
  if (
    /^(?:state|nonce)_mismatch$|^no_state_in_hash$|^unable_to_parse_state$|_cache_error$/.test(
      errorCode,
    )
  ) {
    return new LaunchError('bad-state', 'The answer does not belong to this window', o);
  }
  if (AUTHORITY.includes(errorCode)) {
    return new LaunchError('authority', 'The identity provider could not be reached', o);
  }
  return new LaunchError('denied', 'The identity provider refused the sign-in', o);
}
