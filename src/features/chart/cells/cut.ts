/** Returns at most the first 140 characters of a text, cut between words where possible. */
export function cut(words: string): string {
  const first = /^[^]{0,140}/u.exec(words)?.[0] ?? '';
  if (first === words) return words;
  return `${/^[^]{90,140}(?=\s)/u.exec(words)?.[0] ?? first}…`;
}
