import type { OperationOutcomeIssue } from 'fhir/r4';
import { remarkCode, type RemarkCode } from '#fhir/outcome.ts';
import { useMessages } from '#i18n/provider.tsx';
import { IssueList } from '../errors/error-alert.tsx';
import { Notice } from '../notice.tsx';
import { messages } from './messages.ts';

/** Message ids of the app's own remarks about a page. */
export const REMARKS = {
  'link-refused': 'linkRefused',
  'link-loop': 'linkLoop',
  'unreadable-entries': 'unreadableEntries',
  'repeated-entries': 'repeatedEntries',
  'entries-cut': 'entriesCut',
} as const satisfies Record<RemarkCode, string>;

/**
 * Shows the notices of a page: the app's own remarks in the user's language, and separately those
 * of the server in its own words.
 *
 * @param props.title of the server's notices
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
