import type { AllergyIntolerance } from 'fhir/r4';
import { records } from '#lib/narrow.ts';
import {
  allergyName,
  isContradictory,
  isUnconfirmed,
  limitedTo,
  saysNoRisk,
} from './allergy-record.ts';
import { conceptWords, statusWord } from '../cells/cells.tsx';
import type { T } from '../panel.ts';

/**
 * Returns the text of a record: the substance, or that it has no risk; without a substance, why it
 * is absent.
 */
export function allergyWords(allergy: AllergyIntolerance, t: T): string | undefined {
  const to = allergyName(allergy);
  if (to) return saysNoRisk(allergy) ? t('noRisk', { substance: to }) : to;
  if (isContradictory(allergy)) return t('substanceUnknown');
  const { code, reaction } = allergy;
  const substances = records(reaction).map(({ substance }) => substance);
  return [code, ...substances].map((concept) => conceptWords(concept, t)).find(Boolean);
}

/** Returns the text of a denied allergy, its categories if it is limited, and if it is unconfirmed. */
export function statementWords(statement: AllergyIntolerance, t: T): string | undefined {
  const words = allergyWords(statement, t);
  const about = [
    ...limitedTo(statement).map((category) => t(`allergy.${category}`)),
    ...(isUnconfirmed(statement) ? [statusWord('unconfirmed', t)] : []),
  ];
  return words && about.length > 0 ? `${words} (${about.join(', ')})` : words;
}
