import type { OperationOutcomeIssue, Patient } from 'fhir/r4';
import type { Ignored } from '#fhir/ignored.ts';
import type { Page as PageOf } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { IssueList } from '#ui/error-alert.tsx';
import { Notice } from '#ui/notice.tsx';
import { messages } from './messages.ts';

const REMARKS = {
  'link-refused': 'linkRefused',
  'link-loop': 'linkLoop',
  'unreadable-entries': 'unreadableEntries',
  'repeated-entries': 'repeatedEntries',
} as const;

/** Filters by the names that stand on the form. */
const FILTERS = {
  name: 'columnName',
  family: 'family',
  given: 'given',
  birthdate: 'birthDate',
  gender: 'gender',
  identifier: 'identifier',
  phone: 'phone',
  active: 'status',
  deceased: 'status',
} as const;

/** The client's own remarks begin with a word of its own; everything else is the server's. */
function remarkOf(issue: OperationOutcomeIssue) {
  const word = /^([a-z-]+): /.exec(issue.diagnostics ?? '')?.[1];
  return word !== undefined && Object.hasOwn(REMARKS, word)
    ? REMARKS[word as keyof typeof REMARKS]
    : undefined;
}

export interface ListNoticesProps {
  page: PageOf<Patient> | undefined;
  expired: boolean;
  /** Search parameters that the server did not apply. */
  ignored: Ignored;
}

/** What must be known to read the list rightly, above it. */
export function ListNotices({ page, expired, ignored }: ListNoticesProps) {
  const t = useMessages(messages);
  const notices = page?.notices ?? [];
  const remarks = [...new Set(notices.map(remarkOf).filter((id) => id !== undefined))];
  const said = notices.filter((issue) => remarkOf(issue) === undefined);
  const filters = ignored.filters.map((name) =>
    Object.hasOwn(FILTERS, name) ? t(FILTERS[name as keyof typeof FILTERS]) : name,
  );
  return (
    <>
      {expired && (
        <Notice tone="info" role="status">
          <p>{t('expired')}</p>
        </Notice>
      )}
      {filters.length > 0 && (
        <Notice tone="warning" role="alert" title={t('ignored', { names: filters.join(', ') })} />
      )}
      {ignored.sort && (
        <Notice tone="warning" role="status">
          <p>{t('ignoredSort')}</p>
        </Notice>
      )}
      {remarks.length > 0 && (
        <Notice tone="warning" role="status">
          {remarks.map((id) => (
            <p key={id}>{t(id)}</p>
          ))}
        </Notice>
      )}
      {said.length > 0 && (
        <Notice tone="info" role="status" title={t('notices')}>
          <IssueList issues={said} />
        </Notice>
      )}
    </>
  );
}
