import { OperationOutcomeError } from '@medplum/core';
import type { OperationOutcome, OperationOutcomeIssue } from 'fhir/r4';

/** Returns an issue of an OperationOutcome. https://hl7.org/fhir/R4/valueset-issue-type.html */
export function issue(
  severity: OperationOutcomeIssue['severity'],
  code: OperationOutcomeIssue['code'],
  text: string,
  expression?: string,
): OperationOutcomeIssue {
  return {
    severity,
    code,
    diagnostics: text,
    ...(expression === undefined ? {} : { expression: [expression] }),
  };
}

export const outcome = (...issues: OperationOutcomeIssue[]): OperationOutcome => ({
  resourceType: 'OperationOutcome',
  issue: issues,
});

/** Status and headers of a response, and perhaps a body that is not a resource. */
export interface AnswerMeta {
  status: number;
  headers?: Record<string, string>;
  /** Sent instead of the resource, with `contentType`. */
  text?: string | Buffer;
  contentType?: string;
}

/**
 * Status and headers by result. The library's router passes results through unchanged, but has no
 * field for a status or for headers.
 */
const metas = new WeakMap<object, AnswerMeta>();

export function withMeta<T extends object>(value: T, meta: AnswerMeta): T {
  metas.set(value, meta);
  return value;
}

export const metaOf = (value: object): AnswerMeta | undefined => metas.get(value);

/** Outcome ids from which the library computes the status of batch entries. */
const libraryIds: Record<number, string> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  410: 'gone',
  412: 'precondition-failed',
  429: 'too-many-requests',
};

/** Thrown for a request that is refused; answered as an OperationOutcome with its status. */
export class FhirProblem extends OperationOutcomeError {
  readonly status: number;

  constructor(status: number, body: OperationOutcome, headers?: Record<string, string>) {
    const id = libraryIds[status];
    const carried = { ...body, ...(id === undefined ? {} : { id }) };
    withMeta(carried, { status, ...(headers ? { headers } : {}) });
    super(carried as ConstructorParameters<typeof OperationOutcomeError>[0]);
    this.status = status;
  }
}

/** Returns a FhirProblem with a single issue. */
export function problem(
  status: number,
  code: OperationOutcomeIssue['code'],
  text: string,
  headers?: Record<string, string>,
): FhirProblem {
  return new FhirProblem(status, outcome(issue('error', code, text)), headers);
}
