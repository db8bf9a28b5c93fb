import { isUnder } from '../transport/compose.ts';

declare const binaryUrl: unique symbol;
/** The address of a file under the FHIR base, so that the token may go there. Minted only here. */
export type BinaryUrl = string & { readonly [binaryUrl]: true };

/** The same place by the base's own scheme: behind a proxy a server thinks that it is on http. */
function sameHost(url: URL, base: URL): URL {
  if (url.host !== base.host || !/^https?:$/.test(url.protocol)) return url;
  const mended = new URL(url);
  mended.protocol = base.protocol;
  return mended;
}

/**
 * The address of an Attachment that lies under the FHIR base: relative, as in `Binary/1`, or whole.
 *
 * @returns under the base as it is configured, whatever the scheme it was written with; undefined
 * for one elsewhere, and for the base itself
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
