import type { Coding, OperationOutcomeIssue } from 'fhir/r4';
import { isRecord, record, records, text, texts, type Json } from '#lib/narrow.ts';
import { codingText } from './coding.ts';

/** One issue of an OperationOutcome, ready to show beside a field or in a list. */
export interface ShownIssue {
  readonly severity: 'fatal' | 'error' | 'warning' | 'information';
  /** Issue type such as `required` or `throttled`; safe to branch on. */
  readonly code: string;
  /** The server's own words, or undefined. At most 1,000 characters; show as text only. */
  readonly text: string | undefined;
  /** The form field: `name.0.family` for `Patient.name[0].family`. Undefined: about no one field. */
  readonly field: string | undefined;
}

const REMARKS = 'urn:patient-browser:remark';

/** What tells one code from another. */
const readCode = ({ system, code }: Json): Coding => ({
  system: text(system) ?? '',
  code: text(code) ?? '',
});

const SEVERITIES = new Set<unknown>(['fatal', 'error', 'warning', 'information']);

/**
 * The issues of an OperationOutcome as sent by a server, with odd entries left out and every text
 * capped. Anything that is not an OperationOutcome has none.
 */
export function readIssues(outcome: unknown): readonly OperationOutcomeIssue[] {
  const o = record(outcome);
  if (o['resourceType'] !== 'OperationOutcome') return [];
  return records(o['issue'])
    .slice(0, 100)
    .map((i) => {
      const details = record(i['details']);
      // Of this program's own remarks no server may make one.
      const codings = records(details['coding']).filter(({ system }) => system !== REMARKS);
      const detailsText = text(details['text']) ?? codings.map(codingText).find(Boolean);
      const diagnostics = text(i['diagnostics']);
      const expression = texts(i['expression']);
      const location = texts(i['location']);
      return {
        severity: (SEVERITIES.has(i['severity'])
          ? i['severity']
          : 'error') as OperationOutcomeIssue['severity'],
        code: (text(i['code']) ?? 'unknown') as OperationOutcomeIssue['code'],
        ...(detailsText !== undefined && {
          details: { coding: codings.slice(0, 9).map(readCode), text: detailsText },
        }),
        ...(diagnostics !== undefined && { diagnostics }),
        ...(expression.length > 0 && { expression: [...expression] }),
        ...(location.length > 0 && { location: [...location] }),
      };
    });
}

/** What an issue says in words. */
export function issueText(issue: OperationOutcomeIssue): string | undefined {
  return text(issue.details?.text) ?? text(issue.diagnostics);
}

/** `/f:Patient/f:name[1]/f:family`, the XPath of older servers, counts from 1. */
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
 * The form path of a FHIRPath expression: `Patient.name[0].family` is `name.0.family`. The form's
 * model is the resource, so this is the only mapping there is.
 *
 * @param expression FHIRPath as in `OperationOutcome.issue.expression`, or XPath as in `location`
 * @param resourceType the type that the form edits
 * @returns undefined where it points to no element of that type
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
 * Issues ready for a form.
 *
 * @param resourceType the type that the form edits, `Patient` when left out
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

/** Remarks of this program about an answer, beside what the server says. */
export type RemarkCode =
  | 'link-refused'
  | 'link-loop'
  | 'unreadable-entries'
  | 'repeated-entries'
  | 'entries-cut';

/**
 * An issue that this program itself raises about an answer.
 *
 * @param n how many things it is about
 */
export function remark(
  severity: OperationOutcomeIssue['severity'],
  code: RemarkCode,
  text: string,
  n?: number,
): OperationOutcomeIssue {
  return {
    severity,
    code: 'processing',
    details: { coding: [{ system: REMARKS, code }], text },
    diagnostics: `${code}: ${n ?? text}`,
  };
}

/** Which remark an issue is; undefined for what the server says. */
export function remarkCode(issue: OperationOutcomeIssue): RemarkCode | undefined {
  const coding = records(record(issue.details)['coding']).find((c) => c['system'] === REMARKS);
  return coding?.['code'] as RemarkCode | undefined;
}
