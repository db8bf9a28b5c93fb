import type { OperationOutcomeIssue } from 'fhir/r4';
import { isNoResults } from '#fhir/epic-remarks.ts';
import { remarkCode } from '#fhir/outcome.ts';
import type { Page } from '#fhir/types.ts';
import type { PanelPage } from './panel-rows.ts';

type Notices = readonly OperationOutcomeIssue[];

/**
 * Returns the server's notices about a response, but not Epic's notice that there are no results if
 * the response is indeed empty.
 */
export const serverNotices = ({
  items,
  notices,
}: Pick<Page<unknown>, 'items' | 'notices'>): Notices =>
  items.length > 0 ? notices : notices.filter((notice) => !isNoResults(notice));

/**
 * Whether records were left out of a response: some could not be read, a further page was not
 * followed, or the server says so itself (`suppressed`, `incomplete`).
 */
const leftOut = (notices: Notices): boolean =>
  notices.some((notice) => {
    const own = remarkCode(notice);
    if (own !== undefined) return own !== 'repeated-entries';
    return notice.code === 'suppressed' || notice.code === 'incomplete';
  });

/** Whether a response may lack records, because some were left out or the server says so. */
export const mayBeIncomplete = (notices: Notices): boolean =>
  leftOut(notices) ||
  notices.some((n) => remarkCode(n) === undefined && n.severity !== 'information');

/** Whether the server only warns that a response may be incomplete (Epic's warning 4119). */
export const onlyWarned = (notices: Notices): boolean =>
  !leftOut(notices) &&
  notices.every((n) => n.severity === 'warning' || n.severity === 'information');

/**
 * Whether a page of a panel lacks records that belong there. On a page without records every doubt
 * counts, as it does for the banner's allergies, except the notice that the sort was ignored.
 */
export const isIncomplete = (page: PanelPage): boolean =>
  page.foreign > 0 ||
  page.narrowed ||
  page.granted.length > 0 ||
  leftOut(page.notices) ||
  (page.items.length === 0 &&
    (page.strayed > 0 ||
      page.astray > 0 ||
      mayBeIncomplete(page.notices.filter((n) => !page.unsorted || n.code !== 'not-supported'))));

/**
 * What a page without records means: there is none, a next page may have more, or it is unknown.
 */
export const emptiness = (page: PanelPage): 'none' | 'more' | 'unknown' =>
  page.next ? 'more' : isIncomplete(page) ? 'unknown' : 'none';
