import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import type { FhirResource, Stored, Versioned } from '#fhir/types.ts';
import { useFhir, type Fhir } from './fhir-context.ts';
import { keys } from './keys.ts';

/** After a write: the answer is the new truth; lists and history must ask again. */
async function written(cache: QueryClient, fhir: Fhir, saved: Versioned<FhirResource>) {
  const { resourceType: type, id } = saved.resource;
  cache.setQueryData(keys.read(fhir, type, id), saved);
  await refresh(cache, fhir, type, id);
}

async function refresh(
  cache: QueryClient,
  fhir: Fhir,
  type: FhirResource['resourceType'],
  id: string,
) {
  // Only marked: what is on screen asks again now, the rest when it is shown.
  await Promise.all([
    cache.invalidateQueries({ queryKey: keys.searches(fhir, type), refetchType: 'none' }),
    cache.invalidateQueries({ queryKey: keys.history(fhir, type, id), refetchType: 'none' }),
  ]);
}

/** Serves one call at a time: a second one while the first is under way gets the first's answer. */
const underWay = new WeakMap<object, Promise<unknown>>();

function single<A>(client: object, run: () => Promise<A>): Promise<A> {
  const running = underWay.get(client);
  if (running) return running as Promise<A>;
  const started = run().finally(() => underWay.delete(client));
  underWay.set(client, started);
  return started;
}

export interface CreatePatient {
  readonly patient: Patient;
  /** Search for a conditional create, `identifier=system|value`; sent only where the site allows the header. */
  readonly ifNoneExist?: string | undefined;
}

/**
 * Creates a patient. Never repeated by itself, and one at a time however often it is called: a
 * double click or Enter twice makes one patient.
 */
export function useCreatePatient() {
  const fhir = useFhir();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ patient, ifNoneExist }: CreatePatient): Promise<Versioned<Patient>> =>
      single(fhir.client, () =>
        fhir.client.create(patient, ifNoneExist === undefined ? {} : { ifNoneExist }),
      ),
    onSuccess: (saved) => written(cache, fhir, saved),
  });
}

export interface UpdateResource<R> {
  readonly resource: Stored<R>;
  /** The ETag of the version that was edited. */
  readonly ifMatch: string;
}

/** Saves a new version of a patient; a stale `ifMatch` throws Conflict. */
export function useUpdatePatient(id: string) {
  const fhir = useFhir();
  const cache = useQueryClient();
  return useMutation({
    scope: { id: `Patient/${id}` }, // one after the other, so that none meets its own ETag
    mutationFn: ({ resource, ifMatch }: UpdateResource<Patient>): Promise<Versioned<Patient>> =>
      fhir.client.update<Patient>(resource, { ifMatch }),
    onSuccess: (saved) => written(cache, fhir, saved),
  });
}

/** Deletes a patient. What the cache knew of it is forgotten. */
export function useDeletePatient() {
  const fhir = useFhir();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => fhir.client.remove('Patient', id),
    onSuccess: async (_, id) => {
      cache.removeQueries({ queryKey: keys.read(fhir, 'Patient', id) });
      await refresh(cache, fhir, 'Patient', id);
    },
  });
}

/** Asks the server to check a patient without saving it. */
export function useValidatePatient() {
  const { client } = useFhir();
  return useMutation({ mutationFn: (patient: Patient) => client.validate(patient) });
}
