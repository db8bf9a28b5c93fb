import { isolate } from '#i18n/isolate.ts';
import { isRightToLeft, locale } from '#lib/settings.ts';

/** RIGHT-TO-LEFT MARK: sets the direction of the text, whatever its first letter is. */
const RLM = '\u200F';

/**
 * Joins parts in the direction of the page, with each part isolated. Without isolation the
 * bidirectional algorithm mixes `10 mg;`, `1 ×` and Hebrew words: `500 mg` per `capsule` would read
 * as a capsule per 500 mg, and numbers of a dose would stand beside other words than their own.
 */
export function inOrder(parts: readonly string[], between: string): string {
  if (parts.length === 0 || !isRightToLeft(locale())) return parts.join(between);
  return RLM + parts.map(isolate).join(between);
}
