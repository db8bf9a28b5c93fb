import { useQuery } from '@tanstack/react-query';
import { useFhir } from '#data/fhir-context.ts';
import { searchQuery } from '#data/queries.ts';
import { grantedPart } from '#fhir/permissions/granted-part.ts';
import { allergyAnswer, type AllergyState } from './allergy-state.ts';
import { useCanSearch } from '../panel-query/use-can-search.ts';

/** Returns the parts of the allergies that the scopes grant; empty if they grant all. */
export const useAllergiesGranted = (): readonly string[] =>
  grantedPart(useFhir().session.scopes, 'AllergyIntolerance', 's');

/** Loads the allergy state of a patient. On any failure it is "unavailable", never "none". */
export function useAllergyState(patientId: string): AllergyState {
  const fhir = useFhir();
  const granted = useAllergiesGranted();
  const can = useCanSearch('AllergyIntolerance');
  const { data, error } = useQuery({
    ...searchQuery(fhir, 'AllergyIntolerance', { patient: patientId, _count: 100 }),
    enabled: can.allowed && !can.pending,
  });
  if (!can.allowed || error) return { state: 'unavailable' };
  if (!data) return { state: 'loading' };
  return allergyAnswer(data, patientId, granted);
}
