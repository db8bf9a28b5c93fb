import type { OperationOutcomeIssue } from 'fhir/r4';
import { AppError } from '#lib/app-error.ts';
import { issueText } from './outcome.ts';

/** What is known of a refusal. Branch on the class and `issue.code`, never on text. */
export interface Refusal {
  readonly status: number;
  readonly issues: readonly OperationOutcomeIssue[];
  /** The server's words where there is no OperationOutcome; capped, show as text only. */
  readonly detail: string | undefined;
  /** The server's id of the exchange, for its support: `OperationOutcome.id` or a header. */
  readonly requestId: string | undefined;
  /** Seconds to wait (`Retry-After`), where the server sent it and CORS lets the browser read it. */
  readonly retryAfter: number | undefined;
}

/** A FHIR server answered with a status that is not success. */
export abstract class FhirError extends AppError {
  readonly status: number;
  readonly issues: readonly OperationOutcomeIssue[];
  readonly requestId: string | undefined;
  readonly retryAfter: number | undefined;
  /** The server's message, in one line; show as text only. */
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

/** 401: no token, or one that is expired or meant for another audience. */
export class Unauthorized extends FhirError {
  readonly kind = 'unauthorized';
}

/** 403 for want of a role, a scope or consent. */
export class Forbidden extends FhirError {
  readonly kind = 'forbidden';
}

/** 405, 501, or a 403 whose code says that the server does not do this (Microsoft does so for searches). */
export class NotSupported extends FhirError {
  readonly kind = 'not-supported';
}

export class NotFound extends FhirError {
  readonly kind = 'not-found';
}

/** 410: it was there and was deleted, or a page link that is no longer kept. */
export class Gone extends FhirError {
  readonly kind = 'gone';
}

/** 409 or 412: somebody else changed it first, or a conditional create matched several. */
export class Conflict extends FhirError {
  readonly kind = 'conflict';
}

/** 400, 422 and other refusals of the request itself. */
export class Invalid extends FhirError {
  readonly kind = 'invalid';
}

export class Throttled extends FhirError {
  readonly kind = 'throttled';
}

export class ServerError extends FhirError {
  readonly kind = 'server-error';
}

export type NetworkFailure =
  | 'offline' // the browser knows that it has no network
  | 'timeout'
  /** The server sends elsewhere: neither the request nor its token follows. */
  | 'redirected'
  /** The browser gives no reason: server down, DNS, certificate, or CORS refused. */
  | 'unreachable';

/** No answer that the page may read. */
export class NetworkError extends AppError {
  readonly kind = 'network';
  readonly reason: NetworkFailure;
  /** Whether the request could have changed something: then look before trying again. */
  readonly wrote: boolean;

  constructor(reason: NetworkFailure, o: { wrote?: boolean; cause?: unknown } = {}) {
    super(`no answer from the FHIR server (${reason})`, { cause: o.cause });
    this.reason = reason;
    this.wrote = o.wrote ?? false;
  }
}

/** An answer with a success status that is not the FHIR JSON it should be. */
export class BadResponse extends AppError {
  readonly kind = 'bad-response';
  readonly status: number;

  constructor(message: string, status: number, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** An answer longer than this program is willing to read. */
export class TooLarge extends AppError {
  readonly kind = 'too-large';
  /** In bytes. */
  readonly limit: number;

  constructor(limit: number) {
    super(`the answer is longer than ${limit} bytes`);
    this.limit = limit;
  }
}

/**
 * The server says that it created the resource, and what it made of it is not known: the body is
 * empty, and the Location header or what it names cannot be read (yet). R4 leaves the body to the
 * server (§3.1.0.8). It must be looked up, never posted again.
 */
export class CreatedButUnknown extends AppError {
  readonly kind = 'created-but-unknown';
  readonly status: number;
  /** Where Location named the new resource. */
  readonly id: string | undefined;

  constructor(status: number, id?: string) {
    super('created, but the new resource is not known');
    this.status = status;
    this.id = id;
  }
}

/** A 401 that the browser did not let us read. */
export function signInAgain(): Unauthorized {
  return new Unauthorized(silent(401));
}

/** A refusal of which nothing but the status is known. */
export function silent(status: number): Refusal {
  return {
    status,
    issues: [],
    detail: undefined,
    requestId: undefined,
    retryAfter: undefined,
  };
}

/** Codes that turn a 403 into "this server cannot do that". */
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

/** The one place where a status becomes a class. */
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
    default:
      return r.status >= 500 ? new ServerError(r) : new Invalid(r);
  }
}
