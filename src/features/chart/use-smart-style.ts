import { useEffect } from 'react';
import { parseColour, readStyle, safeProperties } from './smart-style.ts';

const LONGEST = 20_000;

/** The document as JSON; undefined where anything at all is wrong. Nothing is sent along. */
async function fetchStyle(url: string, signal: AbortSignal): Promise<unknown> {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:' && !['localhost', '127.0.0.1'].includes(hostname)) return undefined;
  try {
    const response = await fetch(url, {
      signal,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      headers: { Accept: 'application/json' },
    });
    const body = response.ok ? await response.text() : '';
    return body.length > 0 && body.length <= LONGEST ? (JSON.parse(body) as unknown) : undefined;
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
