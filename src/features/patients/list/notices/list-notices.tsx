import type { Patient } from 'fhir/r4';
import type { RefObject } from 'react';
import { useCapability } from '#data/capability.ts';
import type { Ignored } from '#fhir/search/ignored-params.ts';
import { remarkCode, type RemarkCode } from '#fhir/outcome.ts';
import type { Page as PageOf, PageUrl, SearchParams } from '#fhir/types.ts';
import { listText } from '#i18n/list.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { IssueList } from '#ui/errors/error-alert.tsx';
import { Notice } from '#ui/notice.tsx';
import { messages as pageMessages } from '#ui/page-notices/messages.ts';
import { REMARKS } from '#ui/page-notices/page-notices.tsx';
import { OtherVersion } from '#ui/other-version/other-version.tsx';
import { PrintedList } from '../print/printed-list.tsx';
import type { Criteria } from '../query/criteria.ts';
import { useTerm } from '../terms/terms.ts';
import { messages } from './messages.ts';
import { useRemarks, type Remarks } from './use-remarks.ts';
import { useRepeated } from './use-repeated.ts';
import { withoutIgnored } from './without-ignored.ts';

/** Messages whose text for patients differs from that for other records. */
const OF_PATIENTS = { 'repeated-entries': 'repeatedEntries', 'entries-cut': 'entriesCut' } as const;

const isOfPatients = (code: RemarkCode): code is keyof typeof OF_PATIENTS => code in OF_PATIENTS;

export interface ListNoticesProps {
  criteria: Criteria;
  onFind: (criteria: Criteria) => void;
  /** The search box. */
  inputRef: RefObject<HTMLInputElement | null>;
  page: PageOf<Patient> | undefined;
  /** True while `page` still shows the previous search and the requested one is loading. */
  waiting: boolean;
  /** Page number, starting at 1. */
  pageNumber: number;
  /** Link to the next page; undefined if there is none or it is not followed. */
  next: PageUrl | undefined;
  /** The search parameters that were sent. */
  params: SearchParams;
  /** Called with the remarks to show in the rows. */
  onRemarks: (remarks: Remarks | undefined) => void;
  /** Whether the server forgot the page and the list started again. */
  expired: boolean;
  /** Search parameters that the server did not apply. */
  ignored: Ignored;
  /** The requested sort. */
  sort: string | undefined;
}

/** Notices above the list about what the user must know to interpret it. */
export function ListNotices({
  criteria,
  onFind,
  inputRef,
  page,
  waiting,
  pageNumber,
  next,
  params,
  onRemarks,
  expired,
  ignored,
  sort,
}: ListNoticesProps) {
  const t = useMessages(messages);
  const ofPage = useMessages(pageMessages);
  const rows = waiting ? undefined : page?.items;
  const repeated = useRepeated(params, pageNumber, rows);
  useRemarks(params, rows, onRemarks);
  const term = useTerm();
  const { capability } = useCapability();
  const notices = page?.notices ?? [];
  const own = notices.map(remarkCode).filter((code) => code !== undefined);
  const circle = rows !== undefined && page?.next !== next;
  const remarks = [...new Set(circle ? [...own, 'link-loop' as const] : own)];
  const said = notices.filter((issue) => remarkCode(issue) === undefined);
  const filters = [...new Set(ignored.filters.map(term))];
  const heeded = withoutIgnored(criteria, ignored.filters);
  const change = (): void => {
    if (heeded) onFind(heeded);
    inputRef.current?.focus();
  };
  return (
    <>
      <PrintedList more={next !== undefined} />
      <OtherVersion version={capability?.otherVersion} />
      {expired && (
        <Notice tone="info" role="status">
          <p>{t('expired')}</p>
        </Notice>
      )}
      {filters.length > 0 && (
        <Notice
          tone="warning"
          role="alert"
          title={t('ignored', { names: listText(filters) })}
          actions={<Button onClick={change}>{t(heeded ? 'withoutIgnored' : 'change')}</Button>}
        />
      )}
      {ignored.sort && (
        <Notice tone="warning" role="status">
          <p>{t('ignoredSort', { name: term(sort?.replace(/^-/, '') ?? '') })}</p>
        </Notice>
      )}
      {repeated > 0 && (
        <Notice tone="info" role="status">
          <p>{t('repeatedAcross', { count: repeated })}</p>
        </Notice>
      )}
      {remarks.length > 0 && (
        <Notice tone="warning" role="status">
          {remarks.map((code) => (
            <p key={code}>{isOfPatients(code) ? t(OF_PATIENTS[code]) : ofPage(REMARKS[code])}</p>
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
