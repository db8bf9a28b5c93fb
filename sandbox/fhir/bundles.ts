import type { Bundle, BundleEntry, OperationOutcomeIssue } from 'fhir/r4';
import type { Behaviour } from './faults/modes.ts';
import { outcome } from './outcome.ts';
import { continuationToken, publicLink, slicePage, type PageSessions } from './search/paging.ts';

/** A result that is sent page by page. */
export interface PagedRequest<T extends { id: string }> {
  type: 'searchset' | 'history';
  items: readonly T[];
  base: string;
  /** Path under the base, such as `Patient` or `Patient/p1/_history`. */
  path: string;
  applied: readonly (readonly [string, string])[];
  count: number;
  continuation: string | undefined;
  total: number | undefined;
  issues: readonly OperationOutcomeIssue[];
  /** Turns a page of items into entries. */
  entries(items: T[]): BundleEntry[];
}

/** Returns one page, linked as the imitated server does: by continuation token or by result id. */
export function pageBundle<T extends { id: string }>(
  r: PagedRequest<T>,
  behaviour: Behaviour,
  sessions: PageSessions,
): Bundle {
  const query = new URLSearchParams(r.applied.map(([k, v]) => [k, v])).toString();
  const request = `${r.path}?${query}`;
  const address = `${r.base}/${r.path}${query === '' ? '' : `?${query}`}`;
  const slice = slicePage(r.items, request, r.continuation, r.count);
  const link: NonNullable<Bundle['link']> = [];
  if (behaviour.pageLinks === 'getpages') {
    const next = slice.hasMore ? openSession(r, behaviour, sessions) : undefined;
    if (next) link.push({ relation: 'next', url: next });
  } else if (slice.hasMore && slice.items.length > 0) {
    const last = slice.items.at(-1)?.id ?? '';
    const token = continuationToken(request, last, slice.start + slice.items.length);
    const url = `${address}${query === '' ? '?' : '&'}ct=${encodeURIComponent(token)}`;
    link.push({ relation: 'next', url: publicLink(url, behaviour) });
  }
  const self =
    r.continuation === undefined
      ? address
      : `${address}${query === '' ? '?' : '&'}ct=${encodeURIComponent(r.continuation)}`;
  link.push({ relation: 'self', url: publicLink(self, behaviour) });
  return bundle(r, link, slice.items);
}

function openSession<T extends { id: string }>(
  r: PagedRequest<T>,
  behaviour: Behaviour,
  sessions: PageSessions,
): string {
  const url = (id: string, offset: number, count: number): string =>
    publicLink(
      `${r.base}?_getpages=${id}&_getpagesoffset=${offset}&_count=${count}&_bundletype=${r.type}`,
      behaviour,
    );
  const id: string = sessions.open({
    count: r.count,
    page(offset, count) {
      const items = r.items.slice(offset, offset + count);
      const link: NonNullable<Bundle['link']> = [{ relation: 'self', url: url(id, offset, count) }];
      if (offset + count < r.items.length)
        link.push({ relation: 'next', url: url(id, offset + count, count) });
      if (offset > 0 && behaviour.previousLinks) {
        link.push({ relation: 'previous', url: url(id, Math.max(0, offset - count), count) });
      }
      return bundle(r, link, items);
    },
  });
  return url(id, r.count, r.count);
}

function bundle<T extends { id: string }>(
  r: PagedRequest<T>,
  link: NonNullable<Bundle['link']>,
  items: T[],
): Bundle {
  const entry = r.entries(items);
  if (r.issues.length > 0) {
    entry.unshift({ resource: outcome(...r.issues), search: { mode: 'outcome' } });
  }
  return {
    resourceType: 'Bundle',
    id: crypto.randomUUID(),
    meta: { lastUpdated: new Date().toISOString() },
    type: r.type,
    ...(r.total === undefined ? {} : { total: r.total }),
    link,
    // An empty array is not allowed in FHIR JSON.
    ...(entry.length === 0 ? {} : { entry }),
  };
}
