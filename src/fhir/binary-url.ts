import { isUnder } from './transport/compose.ts';

declare const binaryUrl: unique symbol;
/** The address of a file under the FHIR base, so that the token may go there. Minted only here. */
export type BinaryUrl = string & { readonly [binaryUrl]: true };

/**
 * The address of an Attachment that lies under the FHIR base: relative, as in `Binary/1`, or whole.
 *
 * @returns undefined for one elsewhere, and for the base itself
 * @see https://hl7.org/fhir/R4/datatypes-definitions.html#Attachment.url
 */
export function binaryUrlOf(value: unknown, baseUrl: string): BinaryUrl | undefined {
  const base = `${baseUrl}/`;
  if (typeof value !== 'string' || value.length > 2048 || !URL.canParse(value, base)) {
    return undefined;
  }
  const url = new URL(value, base);
  url.hash = '';
  const isFile = url.pathname.length > new URL(base).pathname.length;
  return isFile && isUnder(baseUrl, url.href) ? (url.href as BinaryUrl) : undefined;
}
