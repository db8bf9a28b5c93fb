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
 * One of the four states of the NHS CUI patient banner (PAB-0064..0072), or `loading`. No record at
 * all is not the same as no allergies.
 */
export type AllergyState =
  | {
      readonly state: 'known';
      /** Names of the substances; undefined for an allergy without one. */
      readonly names: readonly (string | undefined)[];
      readonly more: number;
      /** Set if the response may lack further allergies. */
      readonly partial?: true;
    }
  | {
      readonly state: 'not-recorded';
      /** Statements for one kind of allergy, or unconfirmed ones for all kinds. */
      readonly statements?: readonly AllergyIntolerance[];
    }
  | {
      readonly state: 'unavailable';
      /** Statements, if the server only warns that there may be more records. */
      readonly statements?: readonly AllergyIntolerance[];
    }
  | { readonly state: 'none-known' | 'loading' };

/** Maximum number of names in the banner. */
export const SHOWN = 4;

/**
 * Returns the banner's state from a page of records. A page that may lack records, reports an
 * error, or holds another patient's records proves the allergies that it names, but no absence.
 *
 * @param granted the parts that the scopes grant; empty if they grant all
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

/** Whether a record may mean something else: a modifier may reverse it, or a part is withheld. */
const isChangeable = (allergy: unknown): boolean => isModified(allergy) || isWithheld(allergy);

/**
 * Returns the banner's state from records.
 *
 * @param complete false if there may be other records: then nothing can be known to be absent
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
