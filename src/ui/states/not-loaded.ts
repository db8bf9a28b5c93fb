import { NetworkError } from '#fhir/errors.ts';

/** Why a part of the program did not come, told as what it is where the device is offline. */
export const notLoaded = (error: unknown): unknown =>
  navigator.onLine ? error : new NetworkError('offline', { cause: error });
