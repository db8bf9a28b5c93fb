import { repeatedNames, type OAuthLogEntry } from './log.ts';
import type { Context } from './provider.ts';
import { peekForm } from './request-body.ts';

/**
 * Answers a request and logs it: its parameters before it is answered, the status afterwards.
 *
 * @param run answers the request, and may add to its entry
 */
export async function logged(
  ctx: Context,
  log: OAuthLogEntry[],
  kind: OAuthLogEntry['kind'],
  run: (entry: OAuthLogEntry) => Promise<void>,
): Promise<void> {
  const entry = await startEntry(ctx, log, kind);
  try {
    await run(entry);
  } finally {
    finishEntry(entry, ctx);
  }
}

/** Logs a request before it is answered, with the body of a token or revocation request. */
async function startEntry(
  ctx: Context,
  log: OAuthLogEntry[],
  kind: OAuthLogEntry['kind'],
): Promise<OAuthLogEntry> {
  const hasForm = ctx.method === 'POST' && (kind === 'token' || kind === 'revoke');
  const params = hasForm ? await peekForm(ctx.req) : new URLSearchParams(ctx.querystring);
  const { origin, referer, authorization, cookie } = ctx.req.headers;
  const entry: OAuthLogEntry = {
    at: Date.now(),
    kind,
    method: ctx.method,
    path: ctx.path,
    params: Object.fromEntries(params),
    repeated: repeatedNames(params),
    headers: { origin, referer, authorization, cookie },
    status: 0,
  };
  log.push(entry);
  return entry;
}

/** Adds the status and the OAuth error of the response. */
function finishEntry(entry: OAuthLogEntry, ctx: Context): void {
  entry.status = ctx.respond === false ? 0 : ctx.status;
  const body: unknown = ctx.body;
  if (typeof body === 'object' && body !== null && 'error' in body)
    entry.error = String(body.error);
  const error = /[?#&]error=([^&]*)/.exec(locationOf(ctx))?.[1];
  if (error) entry.error = decodeURIComponent(error);
}

/** Returns the response's Location, or ''. Koa types it as a string even when it is missing. */
export const locationOf = (ctx: Context): string => {
  const location: unknown = ctx.response.get('location');
  return typeof location === 'string' ? location : '';
};

/** Closes the connection without a response. */
export function dropConnection(ctx: Context): void {
  ctx.respond = false;
  ctx.req.socket.destroy();
}

/** Sends a response of the token or revocation endpoint, with CORS headers for the app. */
export function answerApp(
  ctx: Context,
  appOrigins: readonly string[],
  answer: { readonly status: number; readonly body: unknown; readonly contentType?: string },
): void {
  const origin = ctx.get('origin');
  if (appOrigins.includes(origin)) ctx.set('access-control-allow-origin', origin);
  ctx.status = answer.status;
  ctx.body = answer.body;
  if (answer.contentType) ctx.type = answer.contentType;
}
