import type { Bundle, OperationOutcome, Patient } from 'fhir/r4';
import type { History } from './history.ts';
import type {
  CallOptions,
  FhirResource,
  Page,
  PageUrl,
  ResourceOf,
  ResourceType,
  SearchParams,
  Versioned,
  WriteOptions,
} from '../types.ts';

/**
 * The one way to a FHIR server. Throws the classes of `errors.ts`, what the session throws where it
 * has no token to give (`SignInRequired`, `LaunchError` of `session/errors.ts`), and the AbortError of
 * a signal.
 */
export interface FhirClient {
  readonly baseUrl: string;
  /**
   * GET [base]/metadata, without a token: for `readCapability`, as every version of FHIR calls it
   * (DSTU2: `Conformance`).
   */
  capabilities(o?: CallOptions): Promise<unknown>;
  read<T extends ResourceType>(
    type: T,
    id: string,
    o?: CallOptions,
  ): Promise<Versioned<ResourceOf<T>>>;
  vread<T extends ResourceType>(
    type: T,
    id: string,
    versionId: string,
    o?: CallOptions,
  ): Promise<Versioned<ResourceOf<T>>>;
  /** One page of the versions of a resource; what the server sends of others is only counted. */
  history<T extends ResourceType>(
    type: T,
    id: string,
    from?: PageUrl,
    o?: CallOptions,
  ): Promise<Page<never> & Omit<History<ResourceOf<T>>, 'rest'>>;
  /** Each page by GET, or by POST _search where the site wants it or the address is too long. */
  search<T extends ResourceType>(
    type: T,
    params: SearchParams,
    from?: PageUrl,
    o?: CallOptions,
  ): Promise<Page<ResourceOf<T>>>;
  create<R extends FhirResource>(
    resource: R,
    o?: CallOptions & { readonly ifNoneExist?: string },
  ): Promise<Versioned<R>>;
  /** `ifMatch` is required, so that a lost update does not compile. */
  update<R extends FhirResource>(
    resource: R & { id: string },
    o: WriteOptions & { readonly ifMatch: string },
  ): Promise<Versioned<R>>;
  remove(type: ResourceType, id: string, o?: CallOptions): Promise<void>;
  /** POST [base]/[type]/$validate. An invalid resource is an answer, not an error. */
  validate(resource: FhirResource, o?: CallOptions): Promise<OperationOutcome>;
  /** POST [base]/Patient/$match, where the server declares it: a searchset for `readMatches`. */
  match(patient: Patient, o?: CallOptions): Promise<unknown>;
  batch(bundle: Bundle, o?: WriteOptions): Promise<Bundle>;
}
