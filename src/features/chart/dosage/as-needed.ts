import { codedText } from '#fhir/coded/coded-text.ts';
import { record } from '#lib/narrow.ts';
import type { T } from './messages.ts';

/**
 * Returns that something is to be given or done as needed, and why. Also without a text for the
 * reason: a drug taken as needed must not look scheduled.
 */
export function asNeededText(holder: unknown, t: T): string | undefined {
  const { asNeededBoolean, asNeededCodeableConcept: condition } = record(holder);
  if (asNeededBoolean !== true && condition === undefined) return undefined;
  const reason = codedText(condition);
  return reason ? `${t('asNeeded')} (${reason})` : t('asNeeded');
}
