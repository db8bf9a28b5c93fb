import { FhirError } from '../errors.ts';
import type { PageUrl } from '../types.ts';
import { isUnder } from '../transport/compose.ts';

/** The decision on a page link; `mended` if it was rewritten to the configured base. */
export type LinkVerdict =
  | { readonly verdict: 'followed' | 'mended'; readonly url: PageUrl }
  | { readonly verdict: 'refused' };

const REFUSED: LinkVerdict = { verdict: 'refused' };

/** Returns the path of the FHIR base without a trailing slash, such as `/fhir/r4`. */
const basePath = (base: URL): string => base.pathname.replace(/\/+$/, '');

/**
 * Returns the part of a link after the server's base; undefined if it cannot be told. Servers
 * behind a proxy send links with their internal scheme, host, port or path.
 *
 * @param kind the resource type that is paged, such as `Patient`; empty for a whole-system search
 */
function suffix(link: URL, base: URL, kind: string): string | undefined {
  const path = basePath(base);
  if (path && (link.pathname === path || link.pathname.startsWith(`${path}/`))) {
    return link.pathname.slice(path.length);
  }
  // HAPI's page links are [base]?_getpages=..., so the whole path is the server's internal base.
  if (link.searchParams.has('_getpages')) return '';
  // With another base path the link still contains the type, as a whole path segment: an id may
  // begin with the same letters.
  if (kind) {
    const at = `${link.pathname}/`.lastIndexOf(`/${kind}/`);
    const rest = at < 0 ? '' : link.pathname.slice(at);
    if (at >= 0 && /^(?:\/[A-Za-z0-9\-._$]+)*\/?$/.test(rest)) return rest;
  }
  return undefined;
}

/** Whether a value can be a link; a longer text is a fault or an attack. */
export const isLink = (sent: unknown): sent is string =>
  typeof sent === 'string' && sent.length <= 65_536;

/**
 * Decides on a page link. It is followed if it lies under the configured base, rewritten to the
 * base if only scheme, host, port or base path differ, and otherwise refused. The bearer token and
 * the search terms thus go to no other server.
 *
 * `https://good\@evil`, `//evil` and `/\evil` are resolved as the browser resolves them.
 */
export function judgeLink(sent: unknown, baseUrl: string, kind: string): LinkVerdict {
  if (!isLink(sent)) return REFUSED;
  // HAPI repeats the port if a proxy names it in both X-Forwarded-Host and X-Forwarded-Port.
  const link = sent.replace(/^(\w+:\/\/[^/?#:]+:\d+)(:\d+)+/, '$1');
  const base = new URL(`${baseUrl}/`);
  // Relative links are relative to the base, but `?ct=..` is relative to the URL of the search.
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

/** Whether the error from a page link may mean that the link has expired. */
export const mayHaveExpired = (error: unknown): boolean =>
  error instanceof FhirError && [400, 404, 410, 422].includes(error.status);

/**
 * Checks a page link from the browser history, which may hold anything.
 *
 * @returns the link; undefined if it does not lie under this server's base
 */
export function assertPageUrl(value: unknown, baseUrl: string): PageUrl | undefined {
  return typeof value === 'string' && isUnder(baseUrl, value) ? (value as PageUrl) : undefined;
}
