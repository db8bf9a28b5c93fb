import { useQuery } from '@tanstack/react-query';
import { useFhir } from '#data/fhir-context.ts';
import { searchQuery } from '#data/queries.ts';
import { grantedPart } from '#fhir/permissions/granted-part.ts';
import { allergyAnswer, type AllergyState } from './allergy-state.ts';
import { useCanSearch } from '../panel-query/use-can-search.ts';

/** Which allergies alone were granted; empty where none is left out for that. */
export const useAllergiesGranted = (): readonly string[] =>
  grantedPart(useFhir().session.scopes, 'AllergyIntolerance', 's');

/** The allergy state of a patient. Whatever goes wrong, the state is "unavailable", never "none". */
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
