import { useEffect } from 'react';
import { parseColour, readStyle, safeProperties } from './smart-style.ts';

const LONGEST = 20_000;
const PATIENCE_MS = 3000;

/** Only encrypted, or from this very machine. */
function isFetchable(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  if (username || password) return false;
  if (protocol === 'https:') return true;
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/** The body as text; undefined as soon as it is longer than a style document is. */
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
 * The document as JSON; undefined where anything at all is wrong. Nothing is sent along, and
 * nothing is followed elsewhere. The web server's Content-Security-Policy has to name the origin:
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

/** A custom property as the browser computes it, `light-dark()` resolved. */
function computed(property: string): readonly [number, number, number] | undefined {
  const probe = document.createElement('span');
  probe.hidden = true;
  probe.style.color = `var(${property})`;
  document.body.append(probe);
  const colour = parseColour(getComputedStyle(probe).color);
  probe.remove();
  return colour;
}

/** Takes on the EHR's colours where they keep the text readable; gives them back at the end. */
export function useSmartStyle(url: string | undefined): void {
  useEffect(() => {
    if (!url) return undefined;
    const abort = new AbortController();
    const root = document.documentElement;
    const set: string[] = [];
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
      dark.addEventListener('change', apply);
    };
    void load();
    return () => {
      abort.abort();
      dark.removeEventListener('change', apply);
      clear();
    };
  }, [url]);
}
