import type { FhirResource, OperationOutcomeIssue } from 'fhir/r4';

export type { FhirResource } from 'fhir/r4';

/** The names of all R4 resource types. */
export type ResourceType = FhirResource['resourceType'];

/** The resource with a given type name. */
export type ResourceOf<T extends ResourceType> = Extract<FhirResource, { resourceType: T }>;

/** A resource as a server holds it. */
export type Stored<R> = R & { id: string };

/** A resource with the version that an update must name. */
export interface Versioned<R> {
  readonly resource: Stored<R>;
  /** `W/"<versionId>"`, from `meta.versionId` where the ETag header cannot be read; undefined where neither is known. */
  readonly etag: string | undefined;
  /** A conditional create met this record: nothing was written. */
  readonly existed?: true;
}

declare const pageUrl: unique symbol;
/** A page link that was checked to lie under the configured base. Minted in `page-url.ts`, and for the page that the build draws. */
export type PageUrl = string & { readonly [pageUrl]: true };

/** One page of a search or history. */
export interface Page<R> {
  readonly items: readonly Stored<R>[];
  readonly included: readonly FhirResource[];
  readonly next: PageUrl | undefined;
  readonly previous: PageUrl | undefined;
  /** The address the server says it answered: compare with what was asked. */
  readonly self: string | undefined;
  readonly total: number | undefined;
  /** OperationOutcome entries and this client's own remarks (a link mended or refused, an entry unreadable). */
  readonly notices: readonly OperationOutcomeIssue[];
}

/** One entry of a history: a version, or a deletion that has no resource. */
export interface HistoryEntry<R> {
  readonly id: string;
  readonly versionId: string | undefined;
  readonly method: 'create' | 'update' | 'delete';
  /** FHIR instant; undefined where the server does not say. */
  readonly at: string | undefined;
  readonly resource: Stored<R> | undefined;
}

/** Search parameters: a value, or several (AND, one parameter each). Undefined ones are left out. */
export type SearchParams = Readonly<
  Record<string, string | number | readonly (string | number)[] | undefined>
>;

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Reads the body of an answer in place of `JSON.parse`. */
  readonly parse?: ((text: string) => unknown) | undefined;
}

export interface WriteOptions extends CallOptions {
  /** What is sent, where `JSON.stringify` would write the numbers otherwise (`exact-text.ts`). */
  readonly body?: string;
}
