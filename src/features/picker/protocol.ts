/**
 * How another program asks for patients: it opens `/pick?origin=<its own origin>` (and `&multiple=1`
 * for several) with `window.open`, and listens for one `message` event whose `origin` is this app's.
 */

/** The one message that is ever sent. */
export type PickerMessage =
  | {
      readonly type: 'patient-browser:chosen';
      /** Ids mean nothing without the server that gave them. */
      readonly fhirBaseUrl: string;
      readonly ids: readonly string[];
    }
  | { readonly type: 'patient-browser:cancelled' };

export type Refusal = 'noOrigin' | 'notAllowed' | 'noOpener';

/**
 * Why a choice cannot be made here; undefined where it can.
 *
 * @param origin as the address says: a claim, which only decides where the browser may deliver to
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
 * An origin as it may be shown: anybody can write a link to this page, and what it says must not be
 * read as the words of this program.
 *
 * @returns undefined for what is no origin, or too long for one
 */
export function readableOrigin(origin: string | undefined): string | undefined {
  if (origin === undefined || origin.length > 200 || !URL.canParse(origin)) return undefined;
  const url = new URL(origin);
  return /^https?:$/.test(url.protocol) && url.origin === origin ? origin : undefined;
}

/**
 * Answers the program that asked. The browser delivers only to a window of exactly that origin, so
 * that a stranger who names an allowed origin gets nothing.
 *
 * @param origin an allowed origin, never `*`
 * @returns false where the window that asked is gone
 */
export function answer(opener: Window | null, origin: string, message: PickerMessage): boolean {
  if (!opener || opener.closed) return false;
  opener.postMessage(message, origin);
  return true;
}
