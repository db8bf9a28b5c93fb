/**
 * Returns the text without case, accents, punctuation and blanks, for comparison. Removes only
 * European accents: in Indic and other scripts the combining marks are letters.
 */
export function normaliseForMatch(text: string): string {
  return text
    .slice(0, 200)
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toUpperCase() // ß becomes SS
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}

/**
 * Returns the Jaro-Winkler similarity of two normalised texts: 1 for equal, 0 for nothing in
 * common. It tolerates typing errors and shortened names.
 */
export function similarity(a: string, b: string): number {
  if (a === b) return a === '' ? 0 : 1;
  const [s, t] = [Array.from(a), Array.from(b)];
  if (s.length === 0 || t.length === 0) return 0;
  const reach = Math.max(0, Math.floor(Math.max(s.length, t.length) / 2) - 1);
  const taken = new Set<number>();
  const fromS: string[] = [];
  s.forEach((letter, i) => {
    for (let j = Math.max(0, i - reach); j <= Math.min(t.length - 1, i + reach); j += 1) {
      if (t[j] === letter && !taken.has(j)) {
        taken.add(j);
        fromS.push(letter);
        return;
      }
    }
  });
  const m = fromS.length;
  if (m === 0) return 0;
  const fromT = t.filter((_, j) => taken.has(j));
  const swaps = fromS.filter((letter, k) => letter !== fromT[k]).length / 2;
  const jaro = (m / s.length + m / t.length + (m - swaps) / m) / 3;
  let prefix = 0;
  while (prefix < 4 && s[prefix] !== undefined && s[prefix] === t[prefix]) prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro);
}
