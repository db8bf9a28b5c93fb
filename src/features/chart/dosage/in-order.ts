import { isolate } from '#i18n/isolate.ts';
import { isRightToLeft, locale } from '#lib/settings.ts';

/** RIGHT-TO-LEFT MARK: so runs what follows, whatever its first letters are. */
const RLM = '\u200F';

/**
 * Parts one after the other as the page runs, each kept together. Left to themselves, `10 mg;` and
 * `1 ×` and Hebrew words would be laid out around one another: `500 mg` per `capsule` would read as
 * a capsule per 500 mg, and the numbers of a dose stand beside other words than their own.
 */
export function inOrder(parts: readonly string[], between: string): string {
  if (parts.length === 0 || !isRightToLeft(locale())) return parts.join(between);
  return RLM + parts.map(isolate).join(between);
}
