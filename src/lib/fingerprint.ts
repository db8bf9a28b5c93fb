/** Returns a 32-bit hash (FNV-1a) of a page link, which can be thousands of characters long. */
export function fingerprint(link: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < link.length; i += 1) {
    hash = Math.imul(hash ^ link.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}
