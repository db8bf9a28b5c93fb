import type { FhirResource, OperationOutcomeIssue } from 'fhir/r4';
import { isId } from '#lib/id.ts';
import { isRecord, list, record, type Json } from '#lib/narrow.ts';
import { readIssues, remark } from '../outcome.ts';
import { isGoogle } from './google.ts';
import { isLink, judgeLink } from './page-url.ts';
import type { Page, PageUrl, Stored } from '../types.ts';

/**
 * Most entries of a page that are read; a remark reports any further ones. Servers send pages of at
 * most 1,000 entries, and one that sends 100,000 must not freeze the browser tab.
 */
export const MAX_ENTRIES = 1200;

/** Types whose id becomes part of a URL, so that it must be a valid FHIR id. */
const OPENED = /^(Patient|Encounter)$/;

const isNamed = (type: string, id: unknown): boolean =>
  OPENED.test(type) ? isId(id) : typeof id === 'string' && id !== '';

export interface PageContext {
  readonly baseUrl: string;
  /** The requested type; resources of other types go to `included`. Empty: any type. */
  readonly type: string;
  /** The URL of this page, to detect a page that links to itself. */
  readonly current: string;
}

interface Links {
  readonly next: PageUrl | undefined;
  readonly previous: PageUrl | undefined;
  readonly self: string | undefined;
}

/** Whether two URLs are equal, apart from the order of their parameters. */
export function sameAddress(a: string, b: string): boolean {
  if (a === b) return true;
  if (!URL.canParse(a) || !URL.canParse(b)) return false;
  const [x, y] = [new URL(a), new URL(b)];
  x.searchParams.sort();
  y.searchParams.sort();
  return x.href === y.href;
}

/** Makes the remark on entries that are not read because a page has too many; empty if none. */
export function cutRemark(count: number) {
  if (count <= MAX_ENTRIES) return [];
  const text = `More entries than a page may hold: the last ${count - MAX_ENTRIES} are not shown.`;
  return [remark('warning', 'entries-cut', text)];
}

/** Makes the remark on a next page that was already read. */
export const linkLoop = (): OperationOutcomeIssue =>
  remark('warning', 'link-loop', 'The next page is one already seen: the list ends here.');

function readLinks(bundle: Json, c: PageContext, notices: OperationOutcomeIssue[]): Links {
  const links = list(bundle['link']).filter(isRecord);
  const find = (...relations: string[]): unknown =>
    links.find((l) => relations.includes(String(l['relation'])))?.['url'];
  const self = find('self');

  const judge = (link: unknown, name: 'next' | 'previous'): PageUrl | undefined => {
    if (link === undefined) return undefined;
    const judged = judgeLink(link, c.baseUrl, c.type);
    if (judged.verdict === 'refused') {
      notices.push(
        remark(
          'warning',
          'link-refused',
          `The link to the ${name} page leads to another server and was not followed.`,
        ),
      );
      return undefined;
    }
    if (sameAddress(judged.url, c.current)) {
      if (name === 'next') {
        notices.push(linkLoop());
      }
      return undefined;
    }
    return judged.url;
  };
  return {
    next: judge(find('next'), 'next'),
    previous: judge(find('previous', 'prev'), 'previous'),
    // As it is: a link that was cut would lack the last parameters of a long search.
    self: isLink(self) && self !== '' ? self : undefined,
  };
}

function readTotal(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}

/**
 * Reads a page from whatever a server sends as a Bundle. Accepts a missing or single `entry`, null
 * entries, OperationOutcomes, other types, repeated resources and any page link.
 */
export function readPage<R extends FhirResource>(body: unknown, c: PageContext): Page<R> {
  const bundle = record(body);
  const notices: OperationOutcomeIssue[] = [];
  const items = new Map<string, Stored<R>>();
  const included = new Map<string, FhirResource>();
  let unreadable = 0;
  let repeated = 0;
  const entries = list(bundle['entry']);
  notices.push(...cutRemark(entries.length));
  for (const value of entries.slice(0, MAX_ENTRIES)) {
    const entry = record(value);
    const resource = record(entry['resource']);
    const type = resource['resourceType'];
    const mode = record(entry['search'])['mode'];
    if (type === 'OperationOutcome' && c.type !== 'OperationOutcome') {
      notices.push(...readIssues(resource));
    } else if (typeof type !== 'string' || !isNamed(type, resource['id'])) {
      unreadable += 1;
    } else {
      const key = `${type}/${String(resource['id'])}`;
      const isItem = mode !== 'include' && mode !== 'outcome' && (c.type === '' || type === c.type);
      const into: Map<string, unknown> = isItem ? items : included;
      if (isItem && items.has(key)) repeated += 1;
      into.set(key, resource);
    }
  }
  if (unreadable > 0) {
    notices.push(
      remark(
        'warning',
        'unreadable-entries',
        `Entries that could not be read and are not shown: ${unreadable}.`,
      ),
    );
  }
  if (repeated > 0) {
    notices.push(
      remark(
        'information',
        'repeated-entries',
        `Entries that came more than once and are shown once: ${repeated}.`,
      ),
    );
  }
  const links = readLinks(bundle, c, notices);
  return {
    items: [...items.values()],
    included: [...included.values()],
    ...links,
    total: links.next && isGoogle(c.baseUrl) ? undefined : readTotal(bundle['total']),
    notices,
  };
}
