import {
  mutationOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import type { FhirClient } from '#fhir/client/client.ts';
import type { FhirResource, ResourceType, Stored, Versioned } from '#fhir/types.ts';
import { useFhir, type Fhir } from './fhir-context.ts';
import { keys } from './keys.ts';
import type { Made } from './update-once.ts';

/** Puts a version just answered in place of what was read, and of older answers still to come. */
export function putRead(cache: QueryClient, fhir: Fhir, now: Versioned<FhirResource>): void {
  const queryKey = keys.read(fhir, now.resource.resourceType, now.resource.id);
  void cache.cancelQueries({ queryKey });
  cache.setQueryData(queryKey, now);
}

/** After a write: the answer is the new truth; lists and history must ask again. */
function written(cache: QueryClient, fhir: Fhir, saved: Versioned<FhirResource>): void {
  putRead(cache, fhir, saved);
  refresh(cache, fhir, saved.resource.resourceType, saved.resource.id);
}

/** Marks lists and history as old; what is on screen asks again at once, unawaited. */
function refresh(cache: QueryClient, fhir: Fhir, type: ResourceType, id: string): void {
  void cache.invalidateQueries({ queryKey: keys.searches(fhir, type) });
  void cache.invalidateQueries({ queryKey: keys.history(fhir, type, id) });
}

/** Creates under way, by client and content. */
const underWay = new WeakMap<FhirClient, Map<string, Promise<unknown>>>();

/** The same create asked for twice at once is one create: both get its answer. */
function once<A>(client: FhirClient, what: string, run: () => Promise<A>): Promise<A> {
  const calls = underWay.get(client) ?? new Map<string, Promise<unknown>>();
  underWay.set(client, calls);
  const running = calls.get(what);
  if (running) return running as Promise<A>;
  const started = run().finally(() => calls.delete(what));
  calls.set(what, started);
  return started;
}

export interface CreatePatient {
  readonly patient: Patient;
  /** Search for a conditional create, `identifier=system|value`; sent only where the site allows the header. */
  readonly ifNoneExist?: string | undefined;
}

/**
 * Creates a patient. Never repeated by itself, and once however often it is called at a time: a
 * double click or Enter twice makes one patient.
 */
export function createPatient(fhir: Fhir, cache: QueryClient) {
  return mutationOptions({
    mutationFn: ({ patient, ifNoneExist }: CreatePatient): Promise<Versioned<Patient>> =>
      once(fhir.client, JSON.stringify(patient), () =>
        fhir.client.create(patient, ifNoneExist === undefined ? {} : { ifNoneExist }),
      ),
    onSuccess: (saved) => written(cache, fhir, saved),
    // It may have been created all the same: cached lists may be out of date.
    onError: () => void cache.invalidateQueries({ queryKey: keys.searches(fhir, 'Patient') }),
  });
}

const load = () => import('./update-once.ts');
/** Preloaded with the page: the network may be gone by the time something is saved. */
const saver = load();
saver.catch(() => undefined); // not awaited yet

export interface UpdateResource<R> extends Made {
  readonly resource: Stored<R>;
  /** The ETag of the version that was edited. */
  readonly ifMatch: string;
}

/** Saves a new version of a patient, as `updateOnce` does; a stale `ifMatch` throws Conflict. */
export function updatePatient(fhir: Fhir, cache: QueryClient, id: string) {
  return mutationOptions({
    scope: { id: `Patient/${id}` }, // one after the other, so that none meets its own ETag
    mutationFn: async (o: UpdateResource<Patient>): Promise<Versioned<Patient>> => {
      const { updateOnce } = await saver.catch(load);
      return updateOnce(fhir.client, o.resource, o.ifMatch, o);
    },
    onSuccess: (saved) => written(cache, fhir, saved),
  });
}

/** After a deletion: what still shows the patient learns that it is gone; lists and history ask again. */
export function forgetDeleted(cache: QueryClient, fhir: Fhir, id: string): void {
  void cache.resetQueries({ queryKey: keys.read(fhir, 'Patient', id) });
  refresh(cache, fhir, 'Patient', id);
}

export function useCreatePatient() {
  return useMutation(createPatient(useFhir(), useQueryClient()));
}

export function useUpdatePatient(id: string) {
  return useMutation(updatePatient(useFhir(), useQueryClient(), id));
}
