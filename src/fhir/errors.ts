import type { OperationOutcomeIssue } from 'fhir/r4';
import { AppError } from '#lib/app-error.ts';
import { issueText } from './outcome.ts';

/** Details of an error response. Branch on the error class and `issue.code`, never on text. */
export interface Refusal {
  readonly status: number;
  readonly issues: readonly OperationOutcomeIssue[];
  /** The server's message if it sent no OperationOutcome; shortened, show as text only. */
  readonly detail: string | undefined;
  /** The server's id of the request, for its support: `OperationOutcome.id` or a header. */
  readonly requestId: string | undefined;
  /** Seconds to wait (`Retry-After`), if the server sent it and CORS lets the browser read it. */
  readonly retryAfter: number | undefined;
}

/** A FHIR server answered with a status that is not success. */
export abstract class FhirError extends AppError {
  readonly status: number;
  readonly issues: readonly OperationOutcomeIssue[];
  readonly requestId: string | undefined;
  readonly retryAfter: number | undefined;
  /** The server's message, which may have several lines; show as text only. */
  readonly detail: string | undefined;

  constructor(r: Refusal) {
    const codes = r.issues.map((i) => i.code).join(', ');
    super(`the FHIR server answered ${r.status}${codes ? ` (${codes})` : ''}`);
    this.status = r.status;
    this.issues = r.issues;
    this.requestId = r.requestId;
    this.retryAfter = r.retryAfter;
    this.detail = r.issues.map(issueText).find((t) => t !== undefined) ?? r.detail;
  }
}

/** 401 or 407: no token, or a token that has expired or is for another audience. */
export class Unauthorized extends FhirError {
  readonly kind = 'unauthorized';
}

/** 403: a role, a scope or consent is missing. */
export class Forbidden extends FhirError {
  readonly kind = 'forbidden';
}

/** 405, 501, or a 403 whose issue code means "not supported" (Microsoft sends it for searches). */
export class NotSupported extends FhirError {
  readonly kind = 'not-supported';
}

export class NotFound extends FhirError {
  readonly kind = 'not-found';
}

/** 410: the record was deleted, or the page link has expired. */
export class Gone extends FhirError {
  readonly kind = 'gone';
}

/** 409 or 412: the record was changed elsewhere, or a conditional create had several matches. */
export class Conflict extends FhirError {
  readonly kind = 'conflict';
}

/** 400, 422 and other statuses from 400 to 499: the server refused the request itself. */
export class Invalid extends FhirError {
  readonly kind = 'invalid';
}

export class Throttled extends FhirError {
  readonly kind = 'throttled';
}

/** 500 and above, and 408, 425 and 499: the server or a gateway did not do its part, or not yet. */
export class ServerError extends FhirError {
  readonly kind = 'server-error';
}

export type NetworkFailure =
  | 'offline' // the browser reports that it has no network
  | 'timeout'
  /** The server redirects: the client does not follow, so that no token goes elsewhere. */
  | 'redirected'
  /** The browser gives no reason: the server is down, or DNS, the certificate or CORS failed. */
  | 'unreachable';

/** The request got no response, or none that the browser lets this page read. */
export class NetworkError extends AppError {
  readonly kind = 'network';
  readonly reason: NetworkFailure;
  /** Whether the request may have changed a record: read it before trying again. */
  readonly wrote: boolean;

  constructor(reason: NetworkFailure, o: { wrote?: boolean; cause?: unknown } = {}) {
    super(`no answer from the FHIR server (${reason})`, { cause: o.cause });
    this.reason = reason;
    this.wrote = o.wrote ?? false;
  }
}

/** A response with a success status whose body is not the expected FHIR JSON. */
export class BadResponse extends AppError {
  readonly kind = 'bad-response';
  readonly status: number;

  constructor(message: string, status: number, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** A response longer than the limit for its kind of request. */
export class TooLarge extends AppError {
  readonly kind = 'too-large';
  /** The limit in bytes. */
  readonly limit: number;

  constructor(limit: number) {
    super(`the answer is longer than ${limit} bytes`);
    this.limit = limit;
  }
}

/**
 * The server confirmed a create, but the new resource could not be obtained: the body is empty, and
 * the Location header, or the resource that it names, cannot be read (yet). R4 lets a server leave
 * the body empty (§3.1.0.8). Search for the resource; never post it again.
 */
export class CreatedButUnknown extends AppError {
  readonly kind = 'created-but-unknown';
  readonly status: number;
  /** Id of the new resource, if the Location header names it. */
  readonly id: string | undefined;

  constructor(status: number, id?: string) {
    super('created, but the new resource is not known');
    this.status = status;
    this.id = id;
  }
}

/** Makes the error for a 401 whose response the browser did not let this page read. */
export function signInAgain(): Unauthorized {
  return new Unauthorized(silent(401));
}

/** Returns a refusal of which only the status is known. */
export function silent(status: number): Refusal {
  return {
    status,
    issues: [],
    detail: undefined,
    requestId: undefined,
    retryAfter: undefined,
  };
}

/** Issue codes that turn a 403 into {@link NotSupported}. */
const UNSUPPORTED = new Set<string>([
  'not-supported',
  'invalid',
  'too-costly',
  'value',
  'structure',
]);
const PERMISSION = new Set<string>(['forbidden', 'security', 'login', 'suppressed', 'expired']);

function forbidden(r: Refusal): FhirError {
  const codes = r.issues.map((i) => i.code as string);
  const unsupported =
    codes.some((c) => UNSUPPORTED.has(c)) && !codes.some((c) => PERMISSION.has(c));
  return unsupported ? new NotSupported(r) : new Forbidden(r);
}

/** Whether a server may have refused a search for its parameters, so that a simpler one may do. */
export const refusesSearch = (error: unknown): boolean =>
  error instanceof NotSupported ||
  (error instanceof Invalid && [400, 414, 422].includes(error.status));

/** Returns the error for an error response, by its status. */
export function refusalError(r: Refusal): FhirError {
  switch (r.status) {
    case 401:
    case 407:
      return new Unauthorized(r);
    case 403:
      return forbidden(r);
    case 404:
      return new NotFound(r);
    case 405:
    case 501:
      return new NotSupported(r);
    case 409:
    case 412:
      return new Conflict(r);
    case 410:
      return new Gone(r);
    case 429:
      return new Throttled(r);
    case 408:
    case 425:
    case 499: // nginx, Azure: the connection ended before the answer
      return new ServerError(r);
    default:
      return r.status >= 500 ? new ServerError(r) : new Invalid(r);
  }
}
