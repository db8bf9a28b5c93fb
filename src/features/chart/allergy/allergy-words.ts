import type { AllergyIntolerance } from 'fhir/r4';
import { records } from '#lib/narrow.ts';
import { allergyName, isContradictory, isUnconfirmed, saysNoRisk } from './allergy-record.ts';
import { conceptWords, statusWord } from '../cells/cells.tsx';
import type { T } from '../panel.ts';

/**
 * What a record is about: to what, where it says so; that there is no risk, never as if there were
 * one; else why nobody can say.
 */
export function allergyWords(allergy: AllergyIntolerance, t: T): string | undefined {
  const to = allergyName(allergy);
  if (to) return saysNoRisk(allergy) ? t('noRisk', { substance: to }) : to;
  if (isContradictory(allergy)) return t('substanceUnknown');
  const { code, reaction } = allergy;
  const substances = records(reaction).map(({ substance }) => substance);
  return [code, ...substances].map((concept) => conceptWords(concept, t)).find(Boolean);
}

/** A statement of absence, with how sure it is where that is less than confirmed. */
export function statementWords(statement: AllergyIntolerance, t: T): string | undefined {
  const words = allergyWords(statement, t);
  return words && isUnconfirmed(statement) ? `${words} (${statusWord('unconfirmed', t)})` : words;
}
