import { isUnder } from '../transport/compose.ts';

declare const binaryUrl: unique symbol;
/** URL of a file under the FHIR base, to which the token may be sent. Made only in this module. */
export type BinaryUrl = string & { readonly [binaryUrl]: true };

/**
 * Returns a URL of the base's host with the base's scheme; a server behind a proxy may send http.
 */
function sameHost(url: URL, base: URL): URL {
  if (url.host !== base.host || !/^https?:$/.test(url.protocol)) return url;
  const mended = new URL(url);
  mended.protocol = base.protocol;
  return mended;
}

/**
 * Returns the URL of an Attachment if it lies under the FHIR base.
 *
 * @param value an absolute URL, or a relative one such as `Binary/1`
 * @returns the URL with the scheme of the configured base; undefined for a URL elsewhere, and for
 *   the base itself
 * @see https://hl7.org/fhir/R4/datatypes-definitions.html#Attachment.url
 */
export function binaryUrlOf(value: unknown, baseUrl: string): BinaryUrl | undefined {
  const base = new URL(`${baseUrl}/`);
  if (typeof value !== 'string' || value.length > 2048 || !URL.canParse(value, base)) {
    return undefined;
  }
  const url = sameHost(new URL(value, base), base);
  url.hash = '';
  const isFile = url.pathname.length > base.pathname.length;
  return isFile && isUnder(baseUrl, url.href) ? (url.href as BinaryUrl) : undefined;
}
