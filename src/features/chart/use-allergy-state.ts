import { useQuery } from '@tanstack/react-query';
import { useCan } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { searchQuery } from '#data/queries.ts';
import { allergyState, type AllergyState } from './allergy-state.ts';
import { mayLack } from './lacking.ts';
import { isOfPatient } from './of-patient.ts';

/** The allergy state of a patient. Whatever goes wrong, the state is "unavailable", never "none". */
export function useAllergyState(patientId: string): AllergyState {
  const fhir = useFhir();
  const can = useCan('search', 'AllergyIntolerance');
  const { data, error } = useQuery({
    ...searchQuery(fhir, 'AllergyIntolerance', { patient: patientId, _count: 100 }),
    enabled: can.allowed && !can.pending,
  });
  if (!can.allowed || error) return { state: 'unavailable' };
  if (!data) return { state: 'loading' };
  // An error beside the records, or somebody else's, means that the answer cannot be relied on.
  const doubtful = data.notices.some((n) => n.severity === 'error' || n.severity === 'fatal');
  if (doubtful || !data.items.every((a) => isOfPatient(a, patientId))) {
    return { state: 'unavailable' };
  }
  const own = data.items.filter((a) => a.resourceType === 'AllergyIntolerance');
  return allergyState(own, data.next === undefined && !mayLack(data.notices));
}
