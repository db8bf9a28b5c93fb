import { InteractionRequiredAuthError } from '@azure/msal-browser';
import { forget, recall, remember } from '../tab-storage/storage.ts';

const KEY = 'entra.claims';
const isText = (value: unknown): value is string => typeof value === 'string';

/**
 * Keeps what a conditional access policy asks for on top, until the person signs in again: without
 * it the same sign-in would be refused once more.
 * https://learn.microsoft.com/entra/identity-platform/claims-challenge
 */
export function keepChallenge(error: unknown): void {
  if (error instanceof InteractionRequiredAuthError && error.claims) remember(KEY, error.claims);
}

/** What the next sign-in has to satisfy; used once. */
export function takeChallenge(): { readonly claims?: string } {
  const claims = recall(KEY, isText);
  forget(KEY);
  return claims === undefined ? {} : { claims };
}
