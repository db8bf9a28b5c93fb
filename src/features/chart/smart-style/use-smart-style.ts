import { useEffect } from 'react';
import { onSettings } from '#lib/settings.ts';
import { parseColour, readStyle, safeProperties } from './smart-style.ts';

const LONGEST = 20_000;
const PATIENCE_MS = 3000;

/** Whether a URL may be fetched: HTTPS, or plain HTTP on localhost, without credentials. */
function isFetchable(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  if (username || password) return false;
  if (protocol === 'https:') return true;
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/** Returns the body as text; undefined if it is longer than a style document may be. */
async function shortText(response: Response): Promise<string | undefined> {
  const reader = response.body?.getReader();
  if (!reader) return undefined;
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > LONGEST) {
      await reader.cancel();
      return undefined;
    }
  }
}

/**
 * Returns the document as JSON; undefined on any failure. The request carries no credentials and
 * follows no redirect. The web server's Content-Security-Policy has to name the origin:
 * `endpointOrigins` of the issuer in the configuration does that.
 */
async function fetchStyle(url: string, signal: AbortSignal): Promise<unknown> {
  if (!isFetchable(url)) return undefined;
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
      headers: { Accept: 'application/json' },
    });
    const body = response.ok ? await shortText(response) : undefined;
    return body ? (JSON.parse(body) as unknown) : undefined;
  } catch {
    return undefined; // the EHR's look is never worth an error
  }
}

/** Returns the computed colour of a custom property, with `light-dark()` resolved. */
function computed(property: string): readonly [number, number, number] | undefined {
  const probe = document.createElement('span');
  probe.hidden = true;
  probe.style.color = `var(${property})`;
  document.body.append(probe);
  const colour = parseColour(getComputedStyle(probe).color);
  probe.remove();
  return colour;
}

/** Applies the EHR's colours that keep the text readable, and removes them on unmount. */
export function useSmartStyle(url: string | undefined): void {
  useEffect(() => {
    if (!url) return undefined;
    const abort = new AbortController();
    const root = document.documentElement;
    const set: string[] = [];
    let offSettings: (() => void) | undefined;
    const dark = matchMedia('(prefers-color-scheme: dark)');
    let style: unknown;
    const clear = (): void => {
      for (const property of set.splice(0)) root.style.removeProperty(property);
    };
    const apply = (): void => {
      clear();
      const [text, muted, surface] = ['--text', '--text-muted', '--surface'].map(computed);
      if (!text || !muted || !surface) return;
      const wanted = safeProperties(readStyle(style), { text, muted, surface });
      for (const [property, value] of Object.entries(wanted)) {
        root.style.setProperty(property, value);
        set.push(property);
      }
    };
    const load = async (): Promise<void> => {
      style = await fetchStyle(url, abort.signal);
      if (style === undefined || abort.signal.aborted) return;
      apply();
      // The system and the settings both choose the colours of the page.
      dark.addEventListener('change', apply);
      offSettings = onSettings(apply);
    };
    void load();
    return () => {
      abort.abort();
      dark.removeEventListener('change', apply);
      offSettings?.();
      clear();
    };
  }, [url]);
}
