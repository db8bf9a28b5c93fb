import { isRecord, record, text, type Json } from '#lib/narrow.ts';
import { readIssues } from '../outcome.ts';
import { refusalError, type FhirError } from '../errors.ts';

/** Longest text of a server without OperationOutcome that is worth showing. */
const MAX_DETAIL = 300;

const short = (value: unknown): string | undefined => {
  const t = text(value)?.replace(/\s+/g, ' ');
  return t !== undefined && t.length > MAX_DETAIL ? `${t.slice(0, MAX_DETAIL)}…` : t;
};

/** Where others put their sentence: API gateways, problem details (RFC 9457), Microsoft's FHIR proxy. */
const SENTENCES = ['message', 'Message', 'detail', 'title', 'Error'];

/** OAuth `{error, error_description}`, Google `{error: {status, message}}`, or one sentence. */
function jsonDetail(body: Json): string | undefined {
  const error = body['error'];
  if (isRecord(error)) return short(error['message']) ?? short(error['status']);
  const oauth = [short(error), short(body['error_description'])].filter(Boolean).join(': ');
  return oauth || SENTENCES.map((name) => short(body[name])).find(Boolean);
}

/** Characters of a page in which its title is looked for. */
const HEAD = 16_384;

/** An error page of a proxy: its title says enough, its markup is never shown. */
function htmlTitle(html: string): string | undefined {
  // Of bounded parts: a page of nothing but `<title` would stop the tab for minutes.
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

/** Seconds, from `Retry-After`, Microsoft's milliseconds or the RateLimit header's reset. */
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

/** The id under which the server's operators can find this exchange. */
export function requestId(headers: Headers): string | undefined {
  return short(
    headers.get('x-request-id') ??
      headers.get('request-id') ??
      headers.get('x-correlation-id') ??
      headers.get('x-ms-request-id'),
  );
}

/**
 * The error for an answer that is not success, whatever its body: OperationOutcome, OAuth error,
 * other JSON, text, HTML or nothing.
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
