import { codedText } from '#fhir/coded/coded-text.ts';
import { record } from '#lib/narrow.ts';
import type { T } from './messages.ts';

/**
 * That something is given or done when needed, and why. Also where the reason has no words: what is
 * taken when needed must not look scheduled.
 */
export function asNeededText(holder: unknown, t: T): string | undefined {
  const { asNeededBoolean, asNeededCodeableConcept: condition } = record(holder);
  if (asNeededBoolean !== true && condition === undefined) return undefined;
  const reason = codedText(condition);
  return reason ? `${t('asNeeded')} (${reason})` : t('asNeeded');
}
