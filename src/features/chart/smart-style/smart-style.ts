import { record } from '#lib/narrow.ts';

/**
 * The style of the EHR from `smart_style_url` (SMART App Launch 2.2, experimental). The document is
 * not trusted: each value must match its own format, and only becomes a colour or a length.
 */
export interface SmartStyle {
  readonly background: string | undefined;
  readonly highlight: string | undefined;
  /** Corner radius in CSS pixels. */
  readonly radius: number | undefined;
}

const COLOUR = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;

const colour = (value: unknown): string | undefined =>
  typeof value === 'string' && COLOUR.test(value.trim()) ? value.trim().toLowerCase() : undefined;

function pixels(value: unknown, most: number): number | undefined {
  const match = typeof value === 'string' ? /^(\d{1,2}(?:\.\d{1,2})?)px$/.exec(value.trim()) : null;
  const n = match ? Number(match[1]) : undefined;
  return n !== undefined && n <= most ? n : undefined;
}

/** Reads a style document; invalid values are left out. */
export function readStyle(json: unknown): SmartStyle {
  const s = record(json);
  return {
    background: colour(s['color_background']),
    highlight: colour(s['color_highlight']),
    radius: pixels(s['dim_border_radius'], 24),
  };
}

type Rgb = readonly [number, number, number];

/** Parses `#abc`, `#aabbcc`, and the computed forms `rgb(1, 2, 3)` and `rgb(1 2 3)`. */
export function parseColour(value: string): Rgb | undefined {
  const hex = COLOUR.exec(value)?.[0].slice(1);
  if (hex) {
    const full = hex.length === 3 ? hex.replace(/./g, '$&$&') : hex;
    return [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16)) as unknown as Rgb;
  }
  const rgb = /^rgba?\((\d+)[,\s]+(\d+)[,\s]+(\d+)/.exec(value);
  return rgb ? [Number(rgb[1]), Number(rgb[2]), Number(rgb[3])] : undefined;
}

function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((channel) => {
    const c = channel / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Returns the contrast ratio of WCAG 2, from 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [la, lb] = [luminance(a), luminance(b)];
  return (Math.max(la, lb) + 0.05) / (Math.min(la, lb) + 0.05);
}

/** Returns the custom properties to set: only those that keep every text readable. */
export function safeProperties(
  style: SmartStyle,
  page: { readonly text: Rgb; readonly muted: Rgb; readonly surface: Rgb },
): Readonly<Record<string, string>> {
  const out: Record<string, string> = {};
  const background = style.background && parseColour(style.background);
  if (
    background &&
    contrast(page.text, background) >= 7 &&
    contrast(page.muted, background) >= 4.5
  ) {
    out['--bg'] = style.background ?? '';
  }
  const highlight = style.highlight && parseColour(style.highlight);
  const behind = out['--bg'] && background ? background : page.surface;
  if (highlight && contrast(highlight, page.surface) >= 4.5 && contrast(highlight, behind) >= 4.5) {
    out['--accent'] = style.highlight ?? '';
  }
  if (style.radius !== undefined) out['--radius'] = `${style.radius}px`;
  return out;
}
