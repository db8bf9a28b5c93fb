import { Gone, Invalid, NotFound } from '../errors.ts';
import type { PageUrl } from '../types.ts';
import { isUnder } from '../transport/compose.ts';

/** What became of a page link. */
export type LinkVerdict =
  | { readonly verdict: 'followed' | 'mended'; readonly url: PageUrl }
  | { readonly verdict: 'refused' };

const REFUSED: LinkVerdict = { verdict: 'refused' };

/** The path steps of the FHIR base, such as `/fhir/r4`; empty at a root. */
const basePath = (base: URL): string => base.pathname.replace(/\/+$/, '');

/**
 * What follows the base in a foreign link, where that can be told: servers behind a proxy send
 * links with their inner scheme, host, port or path.
 *
 * @param kind the resource type that is paged, such as `Patient`; empty for a whole-system search
 */
function suffix(link: URL, base: URL, kind: string): string | undefined {
  const path = basePath(base);
  if (path && (link.pathname === path || link.pathname.startsWith(`${path}/`))) {
    return link.pathname.slice(path.length);
  }
  // HAPI pages with [base]?_getpages=..., whatever its own idea of the base is.
  if (link.searchParams.has('_getpages')) return '';
  // Another base path that still ends in what is being paged, as a whole step: an id may begin so.
  if (kind) {
    const at = `${link.pathname}/`.lastIndexOf(`/${kind}/`);
    const rest = at < 0 ? '' : link.pathname.slice(at);
    if (at >= 0 && /^(?:\/[A-Za-z0-9\-._$]+)*\/?$/.test(rest)) return rest;
  }
  return undefined;
}

/**
 * Decides on a page link: followed when it lies under the configured base, rewritten to the base
 * when only scheme, host, port or the base path differ, refused otherwise. The bearer token and the
 * search go to the configured server or nowhere.
 *
 * Note that `https://good\@evil`, `//evil` and `/\evil` are resolved the way the browser would.
 */
export function judgeLink(sent: unknown, baseUrl: string, kind: string): LinkVerdict {
  if (typeof sent !== 'string' || sent.length > 65_536) return REFUSED;
  // HAPI repeats the port where a proxy names it in X-Forwarded-Host and in X-Forwarded-Port.
  const link = sent.replace(/^(\w+:\/\/[^/?#:]+:\d+)(:\d+)+/, '$1');
  const base = new URL(`${baseUrl}/`);
  // A server writes a relative link relative to the base; `?ct=..` is relative to what was paged.
  const context = link.startsWith('?') ? `${baseUrl}/${kind}` : base.href;
  if (!URL.canParse(link, context)) return REFUSED;
  const url = new URL(link, context);
  if (url.username || url.password || !/^https?:$/.test(url.protocol)) return REFUSED;
  url.hash = '';
  if (isUnder(baseUrl, url.href)) return { verdict: 'followed', url: url.href as PageUrl };
  const rest = suffix(url, base, kind);
  if (rest === undefined) return REFUSED;
  const mended = `${baseUrl}${rest}${url.search}`;
  return isUnder(baseUrl, mended) ? { verdict: 'mended', url: mended as PageUrl } : REFUSED;
}

/** Whether the answer to a page link may mean that the server no longer keeps that page. */
export const mayHaveExpired = (error: unknown): boolean =>
  error instanceof Gone || error instanceof NotFound || error instanceof Invalid;

/**
 * Checks a page link that comes back from the browser's history, where anything may stand.
 *
 * @returns undefined when it does not lie under this server's base
 */
export function assertPageUrl(value: unknown, baseUrl: string): PageUrl | undefined {
  return typeof value === 'string' && isUnder(baseUrl, value) ? (value as PageUrl) : undefined;
}
