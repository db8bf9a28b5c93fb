import { LaunchError } from './errors.ts';

/** Whether the page is shown inside another page. */
export function isFramed(): boolean {
  try {
    return window.self !== window.top;
  } catch {
    return true;
  }
}

/**
 * Throws outside a secure context, because PKCE needs SHA-256, which browsers offer on https and on
 * localhost only.
 *
 * @throws {LaunchError} `insecure-context`
 */
export function requireSecureContext(): void {
  if (!window.isSecureContext || typeof crypto.subtle === 'undefined') {
    throw new LaunchError('insecure-context', 'crypto.subtle is missing: the page is not on https');
  }
}
