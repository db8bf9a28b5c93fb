/** A short fingerprint of a page link (FNV-1a, 32 bit): links can be thousands of characters long. */
export function fingerprint(link: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < link.length; i += 1) {
    hash = Math.imul(hash ^ link.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}
