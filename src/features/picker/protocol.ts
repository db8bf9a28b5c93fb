/**
 * Protocol for another application that requests patients: it opens `/pick?origin=<its own origin>`
 * (and `&multiple=1` for several) with `window.open`, and listens for one `message` event whose
 * `origin` is this app's.
 */

/** The only message that is sent. */
export type PickerMessage =
  | {
      readonly type: 'patient-browser:chosen';
      /** Server of the ids, which have no meaning without it. */
      readonly fhirBaseUrl: string;
      readonly ids: readonly string[];
    }
  | { readonly type: 'patient-browser:cancelled' };

export type Refusal = 'noOrigin' | 'notAllowed' | 'noOpener';

/**
 * Returns why no choice is possible; undefined if it is.
 *
 * @param origin of the URL; unverified, it only limits to whom the browser delivers the message
 * @param allowed `picker.origins` of the configuration, compared exactly
 */
export function refusal(
  origin: string | undefined,
  allowed: readonly string[],
  opener: unknown,
): Refusal | undefined {
  if (origin === undefined) return 'noOrigin';
  if (!allowed.includes(origin)) return 'notAllowed';
  return opener ? undefined : 'noOpener';
}

/**
 * Returns an origin if it may be shown. Anyone can craft a link to this page, and its text must not
 * look like a message of this app.
 *
 * @returns undefined if it is not an origin or too long
 */
export function readableOrigin(origin: string | undefined): string | undefined {
  if (origin === undefined || origin.length > 200 || !URL.canParse(origin)) return undefined;
  const url = new URL(origin);
  return /^https?:$/.test(url.protocol) && url.origin === origin ? origin : undefined;
}

/**
 * Sends the message to the opener. The browser delivers it only to a window of exactly that origin,
 * so another site that names an allowed origin receives nothing.
 *
 * @param origin an allowed origin, never `*`
 * @returns false if the opener is closed
 */
export function answer(opener: Window | null, origin: string, message: PickerMessage): boolean {
  if (!opener || opener.closed) return false;
  opener.postMessage(message, origin);
  return true;
}
