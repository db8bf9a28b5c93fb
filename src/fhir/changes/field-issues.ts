import type { OperationOutcomeIssue } from 'fhir/r4';
import { isRecord, text, texts } from '#lib/narrow.ts';
import { issueText, SEVERITIES } from '../outcome.ts';

/** One issue of an OperationOutcome, for display at a form field or in a list. */
export interface ShownIssue {
  readonly severity: 'fatal' | 'error' | 'warning' | 'information';
  /** Issue type such as `required` or `throttled`; safe to branch on. */
  readonly code: string;
  /** The server's message, if any, of at most 1,000 characters. Show as text only. */
  readonly text: string | undefined;
  /** The form field, such as `name.0.family`; undefined if the issue is not about one field. */
  readonly field: string | undefined;
}

/** Converts the XPath of older servers, such as `/f:Patient/f:name[1]`. Its indices start at 1. */
function xpathToExpression(xpath: string): string {
  return xpath
    .replace(/^\/+/, '')
    .split('/')
    .map((step) =>
      step
        .replace(/^f:/, '')
        .replace(/\[(\d+)\]$/, (_, n: string) => `[${Math.max(0, Number(n) - 1)}]`),
    )
    .join('.');
}

/**
 * Converts a FHIRPath expression to a form path: `Patient.name[0].family` to `name.0.family`. The
 * form's fields are named after the elements of the resource, so no other mapping is needed.
 *
 * @param expression FHIRPath as in `OperationOutcome.issue.expression`, or XPath as in `location`
 * @param resourceType the type that the form edits
 * @returns undefined if it points to no element of that type
 */
export function fieldPath(expression: string, resourceType: string): string | undefined {
  const path = expression.startsWith('/') ? xpathToExpression(expression) : expression.trim();
  const steps = path.split('.');
  const root = steps.shift();
  if (root !== resourceType && root !== 'Resource' && root !== 'DomainResource') return undefined;
  const fields: string[] = [];
  for (const step of steps) {
    if (/^(where|ofType|as|extension|resolve|first)\(.*\)?$/.test(step)) break;
    const m = /^([A-Za-z]\w*)(?:\[x\])?((?:\[\d+\])*)$/.exec(step);
    if (!m?.[1]) break;
    fields.push(m[1], ...[...(m[2] ?? '').matchAll(/\d+/g)].map((n) => n[0]));
  }
  return fields.length > 0 ? fields.join('.') : undefined;
}

/**
 * Returns issues with the form fields that they are about.
 *
 * @param resourceType the type that the form edits
 */
export function shownIssues(
  issues: readonly OperationOutcomeIssue[],
  resourceType = 'Patient',
): readonly ShownIssue[] {
  return issues.filter(isRecord).map((issue) => {
    const field = [...texts(issue.expression), ...texts(issue.location)]
      .map((e) => fieldPath(e, resourceType))
      .find((f) => f !== undefined);
    return {
      severity: SEVERITIES.has(issue.severity) ? issue.severity : 'error',
      code: text(issue.code) ?? 'unknown',
      text: issueText(issue),
      field,
    };
  });
}
