import { repeatedNames, type OAuthLogEntry } from './log.ts';
import type { Context } from './provider.ts';
import { peekForm } from './request-body.ts';

/** Logs a request before it is answered; the body of a token or revocation request is read along. */
export async function startEntry(
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

/** Adds what was answered: status and OAuth error. */
export function finishEntry(entry: OAuthLogEntry, ctx: Context): void {
  entry.status = ctx.respond === false ? 0 : ctx.status;
  const body: unknown = ctx.body;
  if (typeof body === 'object' && body !== null && 'error' in body)
    entry.error = String(body.error);
  const error = /[?#&]error=([^&]*)/.exec(locationOf(ctx))?.[1];
  if (error) entry.error = decodeURIComponent(error);
}

/** Where the answer redirects to, or nothing. Koa's types promise a string where there is none. */
export const locationOf = (ctx: Context): string => {
  const location: unknown = ctx.response.get('location');
  return typeof location === 'string' ? location : '';
};

/** The token endpoint breaks on demand: the connection without an answer. */
export function dropConnection(ctx: Context): void {
  ctx.respond = false;
  ctx.req.socket.destroy();
}

/** An answer of our own at the token or revocation endpoint, readable for the app. */
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
