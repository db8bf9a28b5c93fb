import type { OperationOutcomeIssue } from 'fhir/r4';
import { isNoResults } from '#fhir/epic-remarks.ts';
import { remarkCode } from '#fhir/outcome.ts';
import type { Page } from '#fhir/types.ts';
import type { PanelPage } from './panel-rows.ts';

type Notices = readonly OperationOutcomeIssue[];

/** What the server says of an answer, but that there is nothing in it where there is nothing. */
export const serverNotices = ({
  items,
  notices,
}: Pick<Page<unknown>, 'items' | 'notices'>): Notices =>
  items.length > 0 ? notices : notices.filter((notice) => !isNoResults(notice));

/**
 * Whether records were left out of an answer: some could not be read, a further page was not
 * followed, or the server says so itself (`suppressed`, `incomplete`).
 */
const leftOut = (notices: Notices): boolean =>
  notices.some((notice) => {
    const own = remarkCode(notice);
    if (own !== undefined) return own !== 'repeated-entries';
    return notice.code === 'suppressed' || notice.code === 'incomplete';
  });

/** Whether an answer may lack records: they were left out, or the server did not do all it was asked. */
export const mayBeIncomplete = (notices: Notices): boolean =>
  leftOut(notices) ||
  notices.some((n) => remarkCode(n) === undefined && n.severity !== 'information');

/**
 * Whether the server has no more to say against an answer than that it may not be all there is,
 * as Epic does with its warning 4119.
 */
export const onlyWarned = (notices: Notices): boolean =>
  !leftOut(notices) &&
  notices.every((n) => n.severity === 'warning' || n.severity === 'information');

/**
 * Whether a page of a panel lacks records that belong there. Where it has none at all, every doubt
 * counts, as it does for the banner's allergies, but for the word that it was not sorted.
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
 * What a page without records means: that nothing is recorded, that a further page may hold some,
 * or that nobody can say.
 */
export const emptiness = (page: PanelPage): 'none' | 'more' | 'unknown' =>
  page.next ? 'more' : isIncomplete(page) ? 'unknown' : 'none';
