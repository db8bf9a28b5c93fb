import { isRecord, record, text, type Json } from '#lib/narrow.ts';
import { readIssues } from '../outcome.ts';
import { refusalError, type FhirError } from '../errors.ts';

/** Most characters shown of an error message that is not in an OperationOutcome. */
const MAX_DETAIL = 300;

const short = (value: unknown): string | undefined => {
  const t = text(value)?.replace(/\s+/g, ' ');
  return t !== undefined && t.length > MAX_DETAIL ? `${t.slice(0, MAX_DETAIL)}…` : t;
};

/** Fields with the message of API gateways, problem details (RFC 9457) and Microsoft's proxy. */
const SENTENCES = ['message', 'Message', 'detail', 'title', 'Error'];

/** Message of OAuth `{error, error_description}`, Google `{error: {status, message}}` or others. */
function jsonDetail(body: Json): string | undefined {
  const error = body['error'];
  if (isRecord(error)) return short(error['message']) ?? short(error['status']);
  const oauth = [short(error), short(body['error_description'])].filter(Boolean).join(': ');
  return oauth || SENTENCES.map((name) => short(body[name])).find(Boolean);
}

/** Number of characters at the start of a page that are searched for its title. */
const HEAD = 16_384;

/** Returns the title of a proxy's HTML error page, whose markup is never shown. */
function htmlTitle(html: string): string | undefined {
  // Lengths are bounded because a page of nothing but `<title` would freeze the tab for minutes.
  const title = /<title[^<>]{0,200}>([^<]{1,500})/i.exec(html.slice(0, HEAD))?.[1];
  return short(title?.replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, ' '));
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Seconds to wait, from Microsoft's `x-ms-retry-after-ms`, `Retry-After` or `RateLimit`. */
export function retryAfter(headers: Headers, now: number = Date.now()): number | undefined {
  const ms = Number(headers.get('x-ms-retry-after-ms') ?? NaN);
  if (Number.isFinite(ms) && ms >= 0) return ms / 1000;
  const value = headers.get('retry-after')?.trim();
  if (value && /^\d+$/.test(value)) return Number(value);
  const date = value ? Date.parse(value) : NaN;
  if (!Number.isNaN(date)) return Math.max(0, (date - now) / 1000);
  const reset = /(?:^|;)\s*t=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1];
  return reset === undefined ? undefined : Number(reset);
}

/** Returns the id by which the server's operators can find this request. */
export function requestId(headers: Headers): string | undefined {
  return short(
    headers.get('x-request-id') ??
      headers.get('request-id') ??
      headers.get('x-correlation-id') ??
      headers.get('x-ms-request-id'),
  );
}

/**
 * Returns the error for an error response with any body: OperationOutcome, OAuth error, other JSON,
 * text, HTML or nothing.
 */
export function errorFrom(response: Response, body: string): FhirError {
  const json = parseJson(body);
  const outcome = record(json);
  const issues = readIssues(json);
  const trimmed = body.trimStart();
  const isHtml = trimmed.startsWith('<');
  return refusalError({
    status: response.status,
    issues,
    detail:
      issues.length > 0
        ? undefined
        : isRecord(json)
          ? jsonDetail(json)
          : isHtml
            ? htmlTitle(trimmed)
            : short(body),
    requestId:
      (outcome['resourceType'] === 'OperationOutcome' ? short(outcome['id']) : undefined) ??
      requestId(response.headers),
    retryAfter: retryAfter(response.headers),
  });
}
