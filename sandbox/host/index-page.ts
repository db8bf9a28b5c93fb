import { createHash } from 'node:crypto';
import type { AppConfig, RequestConfig } from '#config/schema.ts';

const HELD = /(<script(?![^>]*\ssrc=)[^>]*>)([^]*?)<\/script>/gi;

/** Returns the code of the inline scripts of a page. */
export const heldScripts = (html: string): string[] =>
  [...html.matchAll(HELD)].map(([, , code = '']) => code);

/** Returns a page without the code of its inline scripts. */
export const withoutScripts = (html: string): string => html.replaceAll(HELD, '$1</script>');

/**
 * Returns the sources by which a Content-Security-Policy allows the inline scripts of a page.
 *
 * @returns a hash source for each. https://www.w3.org/TR/CSP3/#grammardef-hash-source
 */
export const inlineScripts = (html: string): string[] =>
  heldScripts(html).map((code) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`);

const PLACE = /data-server="[^"]*"/;

/**
 * Writes into `index.html` the server from which its script may fetch the first patients before it
 * has read the configuration. Writes none when there are several servers or EHRs to choose from,
 * when users must sign in first, or when the search needs the site's own headers or a POST.
 *
 * @param html page as built, or as packaged for another configuration
 */
export function pageFor(html: string, { servers, smartLaunch }: AppConfig): string {
  const naming = (text: string): string => html.replace(PLACE, () => `data-server="${text}"`);
  const [server, ...others] = servers;
  const plain = server?.auth.type === 'open' && asksPlainly(server.requests);
  if (!server || !plain || others.length > 0 || smartLaunch.issuers.length > 0) return naming('');
  const base = server.fhirBaseUrl.replace(/\/+$/, '');
  const text = base.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('>', '&gt;');
  return naming(text);
}

/** Whether the first search is a GET without headers that the site configures. */
const asksPlainly = ({ auditHeaders, strictSearch, searchMethod }: RequestConfig): boolean =>
  Object.keys(auditHeaders).length === 0 && !strictSearch && searchMethod === 'get';
