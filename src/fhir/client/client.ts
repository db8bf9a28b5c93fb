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
 * The client of one FHIR server; all FHIR requests go through it. Its methods throw the classes of
 * `errors.ts`, what the session throws if it has no token (`SignInRequired`, `LaunchError` of
 * `session/errors.ts`), and the AbortError of a signal.
 */
export interface FhirClient {
  readonly baseUrl: string;
  /**
   * GET [base]/metadata, first without a token. Resolves to unvalidated JSON for `readCapability`,
   * because other FHIR versions send other resources (DSTU2: `Conformance`).
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
  /** Reads one page of the versions of a resource; entries of other resources are only counted. */
  history<T extends ResourceType>(
    type: T,
    id: string,
    from?: PageUrl,
    o?: CallOptions,
  ): Promise<Page<never> & Omit<History<ResourceOf<T>>, 'rest' | 'cut'>>;
  /** Reads one page by GET, or by POST _search if configured or if the URL would be too long. */
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
  /** PUT [base]/[type]/[id]. `ifMatch` is required, to prevent lost updates. */
  update<R extends FhirResource>(
    resource: R & { id: string },
    o: WriteOptions & { readonly ifMatch: string },
  ): Promise<Versioned<R>>;
  remove(type: ResourceType, id: string, o?: CallOptions): Promise<void>;
  /** POST [base]/[type]/$validate. Resolves also for an invalid resource. */
  validate(resource: FhirResource, o?: CallOptions): Promise<OperationOutcome>;
  /** POST [base]/Patient/$match, if the server declares it. Resolves to a searchset Bundle. */
  match(patient: Patient, o?: CallOptions): Promise<unknown>;
  batch(bundle: Bundle, o?: WriteOptions): Promise<Bundle>;
}
