import { OperationOutcomeError } from '@medplum/core';
import type { OperationOutcome, OperationOutcomeIssue } from 'fhir/r4';

/** One issue of an OperationOutcome. Values of `code`: https://hl7.org/fhir/R4/valueset-issue-type.html */
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

/** What an answer carries beside its body. */
export interface AnswerMeta {
  status: number;
  headers?: Record<string, string>;
  /** Sent instead of the resource, with `contentType`. */
  text?: string | Buffer;
  contentType?: string;
}

/**
 * The router of the library hands outcomes through untouched, but has no place for a status or a
 * header: these ride along here.
 */
const metas = new WeakMap<object, AnswerMeta>();

export function withMeta<T extends object>(value: T, meta: AnswerMeta): T {
  metas.set(value, meta);
  return value;
}

export const metaOf = (value: object): AnswerMeta | undefined => metas.get(value);

/** Outcome ids that the library turns into a status, where it computes one (batch entries). */
const libraryIds: Record<number, string> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  410: 'gone',
  412: 'precondition-failed',
  429: 'too-many-requests',
};

/** A request that cannot be answered as asked. Becomes an OperationOutcome with its status. */
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

/** The usual case: one issue. */
export function problem(
  status: number,
  code: OperationOutcomeIssue['code'],
  text: string,
  headers?: Record<string, string>,
): FhirProblem {
  return new FhirProblem(status, outcome(issue('error', code, text)), headers);
}
