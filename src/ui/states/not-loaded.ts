import { NetworkError } from '#fhir/errors.ts';

/** The error for a part that could not be loaded; a network error where the device is offline. */
export const notLoaded = (error: unknown): unknown =>
  navigator.onLine ? error : new NetworkError('offline', { cause: error });
