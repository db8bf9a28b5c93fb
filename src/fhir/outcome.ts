import type { Coding, OperationOutcomeIssue } from 'fhir/r4';
import { record, records, text, texts, type Json } from '#lib/narrow.ts';
import { codingText } from './values/coding.ts';

const REMARKS = 'urn:patient-browser:remark';

/** Identifies a code. */
const readCode = ({ system, code }: Json): Coding => ({
  system: text(system) ?? '',
  code: text(code) ?? '',
});

/** How grave an issue is, the gravest first. */
export const SEVERITIES: ReadonlySet<unknown> = new Set([
  'fatal',
  'error',
  'warning',
  'information',
]);

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

/**
 * What an issue says in words: `details.text` is general ("A required element is missing."), and the
 * sentence that helps may stand in `diagnostics`, which may also be a stack trace (FHIR R4
 * OperationOutcome.issue.diagnostics).
 */
export function issueText({ details, diagnostics }: OperationOutcomeIssue): string | undefined {
  const said = text(details?.text);
  const more = text(diagnostics);
  if (!said || !more || said.includes(more) || !/^.{1,300}$/.test(more)) return said ?? more;
  return more.includes(said) ? more : `${said} ${more}`;
}

/** Remarks of this program about an answer, besides those of the server. */
export type RemarkCode =
  | 'link-refused'
  | 'link-loop'
  | 'unreadable-entries'
  | 'repeated-entries'
  | 'entries-cut';

/** An issue that this program itself raises about an answer. */
export function remark(
  severity: OperationOutcomeIssue['severity'],
  code: RemarkCode,
  text: string,
): OperationOutcomeIssue {
  return {
    severity,
    code: 'processing',
    details: { coding: [{ system: REMARKS, code }], text },
  };
}

/** Which remark an issue is; undefined for what the server says. */
export function remarkCode(issue: OperationOutcomeIssue): RemarkCode | undefined {
  const coding = records(record(issue.details)['coding']).find((c) => c['system'] === REMARKS);
  return coding?.['code'] as RemarkCode | undefined;
}
