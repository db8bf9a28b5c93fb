import { InteractionRequiredAuthError } from '@azure/msal-browser';
import { forget, recall, remember } from '../tab-storage/storage.ts';

const KEY = 'entra.claims';
const isText = (value: unknown): value is string => typeof value === 'string';

/**
 * Stores the claims that a conditional access policy demands, until the user signs in again.
 * Without them the same sign-in would be refused again.
 */
export function keepChallenge(error: unknown): void {
  if (error instanceof InteractionRequiredAuthError && error.claims) remember(KEY, error.claims);
}

/** Returns the claims for the next sign-in and removes them. */
export function takeChallenge(): { readonly claims?: string } {
  const claims = recall(KEY, isText);
  forget(KEY);
  return claims === undefined ? {} : { claims };
}
