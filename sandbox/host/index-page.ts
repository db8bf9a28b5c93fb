import { createHash } from 'node:crypto';
import type { AppConfig, RequestConfig } from '#config/schema.ts';

const HELD = /(<script(?![^>]*\ssrc=)[^>]*>)([^]*?)<\/script>/gi;

/** The code of the scripts that a page holds itself. */
export const heldScripts = (html: string): string[] =>
  [...html.matchAll(HELD)].map(([, , code = '']) => code);

/** A page without that code. */
export const withoutScripts = (html: string): string => html.replaceAll(HELD, '$1</script>');

/**
 * What the Content-Security-Policy says of the scripts that a page holds.
 *
 * @returns a hash source each. https://www.w3.org/TR/CSP3/#grammardef-hash-source
 */
export const inlineScripts = (html: string): string[] =>
  heldScripts(html).map((code) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`);

const PLACE = /data-server="[^"]*"/;

/**
 * Writes into `index.html` which server its script may ask for the first patients before it has read
 * the configuration; none where more than one could be meant, or where one must sign in first.
 *
 * @param html as it was built, or as it was packaged for another configuration
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

/** Whether the first search is a GET without headers of the site's own. */
const asksPlainly = ({ auditHeaders, strictSearch, searchMethod }: RequestConfig): boolean =>
  Object.keys(auditHeaders).length === 0 && !strictSearch && searchMethod === 'get';
