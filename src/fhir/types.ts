import type { FhirResource, OperationOutcomeIssue } from 'fhir/r4';

export type { FhirResource } from 'fhir/r4';

/** The names of all R4 resource types. */
export type ResourceType = FhirResource['resourceType'];

/** The resource with a given type name. */
export type ResourceOf<T extends ResourceType> = Extract<FhirResource, { resourceType: T }>;

/** A resource that is stored on a server and so has an id. */
export type Stored<R> = R & { id: string };

/** A resource with the ETag that an update must send. */
export interface Versioned<R> {
  readonly resource: Stored<R>;
  /** `W/"<versionId>"` from `meta.versionId`, else the ETag header; undefined without either. */
  readonly etag: string | undefined;
  /** True if a conditional create found this record and therefore wrote nothing. */
  readonly existed?: true;
}

declare const pageUrl: unique symbol;
/**
 * A page link that was checked to lie under the configured base. Only `page-url.ts` makes one,
 * apart from the page that the build prerenders.
 */
export type PageUrl = string & { readonly [pageUrl]: true };

/** One page of a search or history. */
export interface Page<R> {
  readonly items: readonly Stored<R>[];
  readonly included: readonly FhirResource[];
  readonly next: PageUrl | undefined;
  readonly previous: PageUrl | undefined;
  /** The search that the server says it answered; a server may have ignored some parameters. */
  readonly self: string | undefined;
  readonly total: number | undefined;
  /** Issues of OperationOutcome entries, and this client's own remarks (see `RemarkCode`). */
  readonly notices: readonly OperationOutcomeIssue[];
}

/** One entry of a history: a version, or a deletion, which has no resource. */
export interface HistoryEntry<R> {
  readonly id: string;
  readonly versionId: string | undefined;
  readonly method: 'create' | 'update' | 'delete';
  /** Time of the change, a FHIR instant; undefined if the server does not send it. */
  readonly at: string | undefined;
  readonly resource: Stored<R> | undefined;
}

/** Search parameters. A list is sent as repeated parameters (AND); undefined values are omitted. */
export type SearchParams = Readonly<
  Record<string, string | number | readonly (string | number)[] | undefined>
>;

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Parses the body of the response instead of `JSON.parse`. */
  readonly parse?: ((text: string) => unknown) | undefined;
}

export interface WriteOptions extends CallOptions {
  /** JSON to send instead of `JSON.stringify(resource)`, to keep decimals (`exact-text.ts`). */
  readonly body?: string;
}
