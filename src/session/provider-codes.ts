/**
 * What a provider's refusal is known by: `AADSTS65004`, `AADB2C90091` and the like, which is
 * Microsoft's own number for what went wrong, and then OAuth's word, for a number that nobody knows.
 */
export function refusalCode(description: string, word: string): string | undefined {
  const number = /\bAAD(?:STS\d{4,8}|B2C\d{5,6})\b/.exec(description)?.[0];
  return [number, word].filter(Boolean).join(' ') || undefined;
}
