import type { OperationOutcomeIssue } from 'fhir/r4';
import { remarkCode, type RemarkCode } from '#fhir/outcome.ts';
import { useMessages } from '#i18n/provider.tsx';
import { IssueList } from '../errors/error-alert.tsx';
import { Notice } from '../notice.tsx';
import { messages } from './messages.ts';

/** The text of each remark of this program about a page. */
export const REMARKS = {
  'link-refused': 'linkRefused',
  'link-loop': 'linkLoop',
  'unreadable-entries': 'unreadableEntries',
  'repeated-entries': 'repeatedEntries',
  'entries-cut': 'entriesCut',
} as const satisfies Record<RemarkCode, string>;

/**
 * What is to be said of a page: this program's own remarks in the language of the person, and apart
 * from them what the server says, in its words.
 *
 * @param props.title before the server's words
 */
export function PageNotices({
  notices,
  title,
}: {
  notices: readonly OperationOutcomeIssue[];
  title: string;
}) {
  const t = useMessages(messages);
  const own = new Set(notices.map(remarkCode).filter((code) => code !== undefined));
  const said = notices.filter((issue) => remarkCode(issue) === undefined);
  return (
    <>
      {own.size > 0 && (
        <Notice tone="warning" role="status">
          {[...own].map((code) => (
            <p key={code}>{t(REMARKS[code])}</p>
          ))}
        </Notice>
      )}
      {said.length > 0 && (
        <Notice tone="warning" title={title} role="status">
          <IssueList issues={said} />
        </Notice>
      )}
    </>
  );
}
