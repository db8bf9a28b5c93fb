import type { Page } from 'playwright/test';
import type { Settings } from '#lib/settings.ts';
import type { Stage } from './stage.ts';

/** Makes the open server the only one, so that every page opens by its address in any language. */
export function withoutSignIn({ host, sandbox }: Stage): void {
  const { smartLaunch: _, ...config } = sandbox.appConfig();
  host.setConfig({ ...config, servers: config.servers.filter(({ id }) => id === 'open') });
}

/** Stores settings as if the user had chosen them in an earlier visit. */
export async function withSettings(page: Page, settings: Settings): Promise<void> {
  await page.addInitScript((kept) => {
    try {
      const key = '/pb.settings';
      if (!localStorage.getItem(key)) localStorage.setItem(key, kept);
    } catch {
      // Pages of other origins may refuse access to their storage.
    }
  }, JSON.stringify(settings));
}

/** Elements that hold FHIR codes: a page that shows a code as it is lacks a message for it. */
const CODES =
  /^(code|use|gender|status|intent|criticality|severity|priority|mode|resourceType|linkId)$/;

/** Returns every text of a response that the page may show as the server sent it. */
export function textsOf(json: unknown, key = ''): string[] {
  if (key === 'data') return [Buffer.from(String(json), 'base64').toString('utf8')];
  // A code in capitals is from HL7 v2, and the page shows it where it has no display text.
  if (typeof json === 'string') return CODES.test(key) && /[a-z]/.test(json) ? [] : [json];
  if (Array.isArray(json)) return json.flatMap((item) => textsOf(item, key));
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([name, value]) => textsOf(value, name));
}

/** Returns every text that can be read on the page, in elements and in attributes. */
export function readable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [document.title];
    const isForeign = (element: Element): boolean =>
      element.closest('code, pre, kbd, script, style, noscript, template, body [lang]') !== null;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement && !isForeign(node.parentElement)) found.push(node.nodeValue ?? '');
    }
    for (const element of document.querySelectorAll('body *')) {
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
        if (!isForeign(element)) found.push(element.getAttribute(name) ?? '');
      }
    }
    return found.filter((text) => text.trim());
  });
}

/** Returns the English words of `Intl`, which has no pseudo-language: months, times, languages. */
function writtenByIntl(): string[] {
  const month = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' });
  const months = Array.from({ length: 12 }, (_, i) => month.format(Date.UTC(2020, i, 1)));
  const names = new Intl.DisplayNames(['en'], { type: 'language' });
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCodePoint(97 + i));
  const languages = letters.flatMap((a) => letters.map((b) => names.of(a + b) ?? ''));
  return [...months, ...languages.filter((name) => name.length > 2), ' am', ' pm'];
}

/** Names of protocol elements, which are the same in every language. */
const PROTOCOL =
  'ETag Content-Location X-Progress Retry-After X-Request-Id history-instance history-type search-type vread read update delete create'.split(
    ' ',
  );

/**
 * Returns the plain English on a page in the pseudo-language. That language puts an accent on every
 * letter of the message catalogues, so a word without accents does not come from a catalogue.
 *
 * @param said texts of servers and configuration, which may be English
 */
export function plainEnglish(texts: readonly string[], said: ReadonlySet<string>): string[] {
  const known = [...said, ...writtenByIntl(), ...PROTOCOL].map((text) => text.toLowerCase());
  const bySize = known.toSorted((a, b) => b.length - a.length);
  const left = texts.flatMap((text) => {
    let rest = text.toLowerCase().replace(/https?:\S+|(?<!\S)\/\S+/g, '');
    for (const one of bySize) {
      if (!/[a-z]{2}/.test(rest)) return [];
      rest = rest.replaceAll(one, ' ');
    }
    return /(?<!\p{L})[a-z]{2,}(?!\p{L})/u.test(rest) ? [text.trim().replace(/\s+/g, ' ')] : [];
  });
  return [...new Set(left)];
}
