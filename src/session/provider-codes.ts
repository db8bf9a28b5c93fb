/**
 * Returns the codes of a provider's refusal: Microsoft's error number, such as `AADSTS65004` or
 * `AADB2C90091`, followed by the OAuth error code, which explains a number that the user cannot
 * look up.
 */
export function refusalCode(description: string, word: string): string | undefined {
  const number = /\bAAD(?:STS\d{4,8}|B2C\d{5,6})\b/.exec(description)?.[0];
  return [number, word].filter(Boolean).join(' ') || undefined;
}
