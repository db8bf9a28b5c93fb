import { readFileSync } from 'node:fs';
import { escapeHtml } from './html.ts';
import type { Context } from './provider.ts';

const STYLE_PATH = '/sandbox.css';
const style = readFileSync(new URL('sandbox.css', import.meta.url));

export interface PageParts {
  readonly title: string;
  /** Trusted HTML; every value in it must have gone through {@link escapeHtml}. */
  readonly body: string;
}

/** Returns a page of the sandbox's servers, without script and with a linked style sheet. */
export function renderPage({ title, body }: PageParts): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<main>
${body}
</main>
</body>
</html>`;
}

/**
 * Answers a request for the style sheet of these pages.
 *
 * @returns whether it was one
 */
export function serveStyle(ctx: Context): boolean {
  if (ctx.path !== STYLE_PATH) return false;
  ctx.type = 'css';
  ctx.body = style;
  return true;
}

/**
 * Returns the headers of such a page.
 *
 * @param o.formTargets origins to which the response to a form may redirect: Chromium applies
 *   `form-action` to the redirects after a form as well
 * @param o.frameAncestors origins that may frame the page; Entra allows none
 */
export function pageHeaders(o: {
  formTargets: readonly string[];
  frameAncestors: readonly string[];
}): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'content-security-policy': [
      `default-src 'none'`,
      `style-src 'self'`,
      `base-uri 'none'`,
      `form-action ${["'self'", ...o.formTargets].join(' ')}`,
      `frame-ancestors ${o.frameAncestors.length > 0 ? o.frameAncestors.join(' ') : "'none'"}`,
    ].join('; '),
  };
}
