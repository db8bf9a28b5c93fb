import { NetworkError } from '#fhir/errors.ts';

/**
 * Returns the error for a part that could not be loaded: a network error if the device is offline.
 */
export const notLoaded = (error: unknown): unknown =>
  navigator.onLine ? error : new NetworkError('offline', { cause: error });
