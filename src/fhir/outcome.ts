import type { Coding, OperationOutcomeIssue } from 'fhir/r4';
import { record, records, text, texts, type Json } from '#lib/narrow.ts';
import { codingText } from './values/coding.ts';

const REMARKS = 'urn:patient-browser:remark';

/** Returns system and code of a Coding, without its display. */
const readCode = ({ system, code }: Json): Coding => ({
  system: text(system) ?? '',
  code: text(code) ?? '',
});

/** The values of `issue.severity`, most severe first. */
export const SEVERITIES: ReadonlySet<unknown> = new Set([
  'fatal',
  'error',
  'warning',
  'information',
]);

/**
 * Returns the issues of an OperationOutcome from a server, without malformed entries and with every
 * text capped. Returns an empty list for anything that is not an OperationOutcome.
 */
export function readIssues(outcome: unknown): readonly OperationOutcomeIssue[] {
  const o = record(outcome);
  if (o['resourceType'] !== 'OperationOutcome') return [];
  return records(o['issue'])
    .slice(0, 100)
    .map((i) => {
      const details = record(i['details']);
      // A server must not be able to send a remark that looks like one of this app.
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
 * Returns the text of an issue. `details.text` is often general ("A required element is missing."),
 * and the helpful sentence is in `diagnostics`, which may also be a stack trace and is then left
 * out (FHIR R4 OperationOutcome.issue.diagnostics).
 */
export function issueText({ details, diagnostics }: OperationOutcomeIssue): string | undefined {
  const said = text(details?.text);
  const more = text(diagnostics);
  if (!said || !more || said.includes(more) || !/^.{1,300}$/.test(more)) return said ?? more;
  return more.includes(said) ? more : `${said} ${more}`;
}

/** Codes of the remarks that this app itself adds to a response. */
export type RemarkCode =
  | 'link-refused'
  | 'link-loop'
  | 'unreadable-entries'
  | 'repeated-entries'
  | 'entries-cut';

/** Makes an issue by which this app itself remarks on a response. */
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

/** Returns the code of a remark of this app; undefined for an issue of the server. */
export function remarkCode(issue: OperationOutcomeIssue): RemarkCode | undefined {
  const coding = records(record(issue.details)['coding']).find((c) => c['system'] === REMARKS);
  return coding?.['code'] as RemarkCode | undefined;
}
