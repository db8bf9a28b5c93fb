/**
 * Decodes base64. White space is allowed, as in FHIR's `base64Binary`.
 *
 * @returns the bytes; undefined if the text is not valid base64
 */
export function fromBase64(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const characters = atob(base64.replaceAll(/\s/g, ''));
    const bytes = new Uint8Array(characters.length);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = characters.charCodeAt(at);
    return bytes;
  } catch {
    return undefined;
  }
}
