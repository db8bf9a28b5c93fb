/** `AADSTS65004`, `AADB2C90091` and the like: Microsoft's own number for what went wrong. */
export function microsoftCode(message: string): string | undefined {
  return /\bAAD(?:STS\d{4,8}|B2C\d{5,6})\b/.exec(message)?.[0];
}
