import type { AllergyIntolerance } from 'fhir/r4';
import { isWithheld } from '#fhir/caveats/caveats.ts';
import { isModified } from '#fhir/caveats/modifiers.ts';
import type { Page } from '#fhir/types.ts';
import {
  allergyName,
  byRisk,
  isActiveAllergy,
  isNegation,
  isStatement,
  isUnconfirmed,
  saysNoAllergy,
} from './allergy-record.ts';
import { mayBeIncomplete, onlyWarned, serverNotices } from '../panel-query/completeness.ts';
import { isOfPatient } from '../panel-query/of-patient.ts';

/**
 * Exactly one of the four states of the NHS CUI patient banner (PAB-0064..0072), or that it is
 * still being asked. No record at all is not the same as no allergies.
 */
export type AllergyState =
  | {
      readonly state: 'known';
      /** Undefined for an allergy that does not say to what. */
      readonly names: readonly (string | undefined)[];
      readonly more: number;
      /** There may be others that the answer lacks. */
      readonly partial?: true;
    }
  | {
      readonly state: 'not-recorded';
      /** What is recorded all the same: of one kind, or of all without having been confirmed. */
      readonly statements?: readonly AllergyIntolerance[];
    }
  | {
      readonly state: 'unavailable';
      /** What is recorded, where the server warns that there may be more. */
      readonly statements?: readonly AllergyIntolerance[];
    }
  | { readonly state: 'none-known' | 'loading' };

/** How many the banner has room for. */
export const SHOWN = 4;

/**
 * The state for the banner from an answer. One that may lack records, says that something went
 * wrong, or holds somebody else's, proves the allergies that it names and no absence.
 *
 * @param granted what alone the server was allowed to send; empty for all
 */
export function allergyAnswer(
  page: Page<AllergyIntolerance>,
  patientId: string,
  granted: readonly string[] = [],
): AllergyState {
  const own = page.items.filter((a) => isOfPatient(a, patientId));
  const notices = serverNotices(page);
  const whole = own.length === page.items.length && !page.next;
  const allergies = own.filter((a) => a.resourceType === 'AllergyIntolerance');
  const answer = allergyState(
    allergies,
    whole && granted.length === 0 && !mayBeIncomplete(notices),
  );
  if (answer.state !== 'unavailable' || !whole || !onlyWarned(notices)) return answer;
  const active = allergies.filter(isActiveAllergy);
  const statements = active.some(isChangeable) ? [] : active.filter(isStatement);
  return statements.length > 0 ? { ...answer, statements } : answer;
}

/**
 * Whoever may have turned a statement around may have turned this one around; and what was left out
 * of it may be its exception.
 */
const isChangeable = (allergy: unknown): boolean => isModified(allergy) || isWithheld(allergy);

/**
 * The state for the banner from an answered search.
 *
 * @param complete false when there may be others: then the absence of something is not known
 */
export function allergyState(
  allergies: readonly AllergyIntolerance[],
  complete: boolean,
): AllergyState {
  const active = allergies.filter(isActiveAllergy);
  const known = active.filter((a) => !isNegation(a)).toSorted(byRisk);
  if (known.length > 0) {
    const names = [...new Set(known.map(allergyName))];
    return {
      state: 'known',
      names: names.slice(0, SHOWN),
      more: Math.max(0, names.length - SHOWN),
      ...(!complete && { partial: true }),
    };
  }
  if (!complete || active.some(isChangeable)) return { state: 'unavailable' };
  if (active.some((a) => saysNoAllergy(a) && !isUnconfirmed(a))) return { state: 'none-known' };
  const statements = active.filter(isStatement);
  return { state: 'not-recorded', ...(statements.length > 0 && { statements }) };
}
