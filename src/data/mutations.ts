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

/** Caches a version that the server has just sent, and cancels older reads of the same record. */
export function putRead(cache: QueryClient, fhir: Fhir, now: Versioned<FhirResource>): void {
  const queryKey = keys.read(fhir, now.resource.resourceType, now.resource.id);
  void cache.cancelQueries({ queryKey });
  cache.setQueryData(queryKey, now);
}

/** Call after a write: caches the saved version and refreshes lists and history. */
function written(cache: QueryClient, fhir: Fhir, saved: Versioned<FhirResource>): void {
  putRead(cache, fhir, saved);
  refresh(cache, fhir, saved.resource.resourceType, saved.resource.id);
}

/** Invalidates lists and history. Queries on screen are fetched again, without waiting for them. */
function refresh(cache: QueryClient, fhir: Fhir, type: ResourceType, id: string): void {
  void cache.invalidateQueries({ queryKey: keys.searches(fhir, type) });
  void cache.invalidateQueries({ queryKey: keys.history(fhir, type, id) });
}

/** Creates that are in progress, by client and content. */
const underWay = new WeakMap<FhirClient, Map<string, Promise<unknown>>>();

/** Runs a create once if it is requested again while in progress; all callers get its result. */
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
  /**
   * Search of a conditional create, such as `identifier=system|value`. Sent only if the site allows
   * the header (`requests.conditionalCreate`).
   */
  readonly ifNoneExist?: string | undefined;
}

/**
 * Creates a patient. The request is never retried, and equal creates at the same time are one
 * request: a double click makes one patient.
 */
export function createPatient(fhir: Fhir, cache: QueryClient) {
  return mutationOptions({
    mutationFn: ({ patient, ifNoneExist }: CreatePatient): Promise<Versioned<Patient>> =>
      once(fhir.client, JSON.stringify(patient), () =>
        fhir.client.create(patient, ifNoneExist === undefined ? {} : { ifNoneExist }),
      ),
    onSuccess: (saved) => written(cache, fhir, saved),
    // The patient may have been created although the request failed, so cached lists may be stale.
    onError: () => void cache.invalidateQueries({ queryKey: keys.searches(fhir, 'Patient') }),
  });
}

const load = () => import('./update-once.ts');
/** Preloaded with the page, because the network may be down when the user saves. */
const saver = load();
saver.catch(() => undefined); // `updatePatient` handles a failure; avoids an unhandled rejection

export interface UpdateResource<R> extends Made {
  readonly resource: Stored<R>;
  /** The ETag of the version that was edited. */
  readonly ifMatch: string;
}

/** Saves a new version of a patient, as `updateOnce` does; a stale `ifMatch` throws Conflict. */
export function updatePatient(fhir: Fhir, cache: QueryClient, id: string) {
  return mutationOptions({
    scope: { id: `Patient/${id}` }, // one update at a time, so that none makes another's ETag stale
    mutationFn: async (o: UpdateResource<Patient>): Promise<Versioned<Patient>> => {
      const { updateOnce } = await saver.catch(load);
      return updateOnce(fhir.client, o.resource, o.ifMatch, o);
    },
    onSuccess: (saved) => written(cache, fhir, saved),
  });
}

/** Call after a deletion: reads the patient again where it is still shown, and refreshes lists. */
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
