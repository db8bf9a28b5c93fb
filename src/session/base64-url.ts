/**
 * Decodes base64url without padding (RFC 4648, 5), the encoding of JSON Web Tokens.
 *
 * @throws a `DOMException` if the text is something else
 */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const characters = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(characters, (character) => character.charCodeAt(0));
}
