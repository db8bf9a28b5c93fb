import { readFileSync } from 'node:fs';
import type { Directory } from '../oauth/directory.ts';
import { escapeHtml } from '../oauth/html.ts';
import type { LaunchContext } from '../oauth/launch-context.ts';
import type { Context, Next } from '../oauth/provider.ts';
import { readContext, readJson } from './input.ts';

export interface LauncherParts {
  readonly directory: Directory;
  readonly appOrigins: () => readonly string[];
  readonly styleUrl: string;
  readonly newLaunch: (context: LaunchContext) => string;
  readonly launchAddress: (appOrigin: string, launch: string) => string;
  /** Makes an access token for a practitioner, to be pasted at sign-in. */
  readonly token: (practitioner: string) => Promise<string>;
}

const file = (name: string): Buffer => readFileSync(new URL(`./public/${name}`, import.meta.url));
const FILES: Readonly<Record<string, { readonly type: string; readonly body: Buffer }>> = {
  '/launcher': { type: 'html', body: file('index.html') },
  '/launcher/launcher.js': { type: 'js', body: file('launcher.js') },
  '/launcher/launcher.css': { type: 'css', body: file('launcher.css') },
};

/** Returns the middleware of the launcher page, which opens the app with a launch context. */
export function launcher(parts: LauncherParts) {
  return async (ctx: Context, next: Next): Promise<void> => {
    const path = ctx.path.replace(/\/$/, '');
    if (path !== '/launcher' && !path.startsWith('/launcher/')) return next();
    ctx.set({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy': policy([]),
    });
    const known = FILES[path];
    if (known) {
      ctx.type = known.type;
      ctx.body = known.body;
    } else if (ctx.method === 'POST') await post(parts, ctx, path);
    else get(parts, ctx, path);
  };
}

function get(parts: LauncherParts, ctx: Context, path: string): void {
  const { directory, appOrigins, styleUrl } = parts;
  const query = new URLSearchParams(ctx.querystring);
  if (path === '/launcher/choices') {
    ctx.body = { practitioners: directory.practitioners, apps: appOrigins(), styleUrl };
  } else if (path === '/launcher/patients') {
    ctx.body = directory.patients(query.get('search') ?? '', 50);
  } else if (path === '/launcher/encounters') {
    ctx.body = directory.encounters(query.get('patient') ?? '');
  } else if (path === '/launcher/frame') {
    frame(parts, ctx, query.get('app') ?? '', query.get('launch') ?? '');
  } else ctx.status = 404;
}

async function post(parts: LauncherParts, ctx: Context, path: string): Promise<void> {
  // A page of another origin cannot send JSON without a preflight, and nothing here answers one.
  if (!ctx.is('json')) return ctx.throw(415, 'JSON only');
  const body = await readJson(ctx.req);
  if (path === '/launcher/launches') {
    const app = String(body.app);
    if (!parts.appOrigins().includes(app)) return ctx.throw(400, 'not an address of the app');
    const context = readContext(body.context);
    const launch = parts.newLaunch(context);
    ctx.body = { launch, context, url: parts.launchAddress(app, launch) };
  } else if (path === '/launcher/token') {
    ctx.body = { token: await parts.token(String(body.practitioner)) };
  } else ctx.status = 404;
}

/** Answers with a page that shows the app in a frame, as an EHR embeds it. */
function frame(parts: LauncherParts, ctx: Context, app: string, launch: string): void {
  if (!parts.appOrigins().includes(app)) return ctx.throw(400, 'not an address of the app');
  ctx.set('content-security-policy', policy([app]));
  ctx.type = 'html';
  ctx.body = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Example EHR with the app in a frame</title>
<link rel="stylesheet" href="/sandbox.css">
<link rel="stylesheet" href="/launcher/launcher.css">
</head>
<body>
<main class="ehr-frame">
<header><h1 class="eyebrow">Example EHR (sandbox)</h1><a href="/launcher">Back to the launcher</a></header>
<iframe title="Embedded app" src="${escapeHtml(parts.launchAddress(app, launch))}"></iframe>
</main>
</body>
</html>`;
}

const policy = (frames: readonly string[]): string =>
  [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self'`,
    `connect-src 'self'`,
    // `'self'`, because the app's sign-in, inside the frame, is a page of this origin.
    `frame-src ${frames.length > 0 ? ["'self'", ...frames].join(' ') : "'none'"}`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types 'none'`,
  ].join('; ');
