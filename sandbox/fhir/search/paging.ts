import { createHash, randomUUID } from 'node:crypto';
import type { Behaviour } from '../faults/modes.ts';
import { problem } from '../outcome.ts';

/** Where a page starts: after this item of the result. */
interface Position {
  /** Id of the last item sent. */
  after: string;
  /** Its place, for when it is gone by then. */
  at: number;
  /** Fingerprint of the request it belongs to. */
  of: string;
}

/** A piece of a result. */
export interface PageSlice<T> {
  items: T[];
  start: number;
  hasMore: boolean;
}

const fingerprint = (request: string): string =>
  createHash('sha256').update(request).digest('base64url').slice(0, 16);

/** An opaque token as Azure's `ct`: base64, so that nobody is tempted to compute the next one. */
export function continuationToken(request: string, after: string, at: number): string {
  const position: Position = { after, at, of: fingerprint(request) };
  return Buffer.from(JSON.stringify(position)).toString('base64');
}

/**
 * The page of `items` after a token. Throws FhirProblem 400 for a token that was tampered with or
 * belongs to another request.
 */
export function slicePage<T extends { id: string }>(
  items: readonly T[],
  request: string,
  token: string | undefined,
  count: number,
): PageSlice<T> {
  let start = 0;
  if (token !== undefined) {
    const position = readToken(token, request);
    const last = items.findIndex((item) => item.id === position.after);
    start = last === -1 ? Math.min(position.at, items.length) : last + 1;
  }
  return { items: items.slice(start, start + count), start, hasMore: start + count < items.length };
}

function readToken(token: string, request: string): Position {
  try {
    const position = JSON.parse(Buffer.from(token, 'base64').toString('utf8')) as Position;
    if (position.of === fingerprint(request) && typeof position.after === 'string') return position;
  } catch {
    // Falls through to the refusal below.
  }
  throw problem(400, 'invalid', 'The provided continuation token is not valid.');
}

/** A result kept by a server that pages like HAPI. */
export interface PagedResult {
  /** Makes the bundle of the items from `offset`. */
  page(offset: number, count: number): object;
  count: number;
}

/** Results by the id in `_getpages`. */
export class PageSessions {
  private readonly sessions = new Map<string, PagedResult>();

  open(result: PagedResult): string {
    const id = randomUUID();
    this.sessions.set(id, result);
    return id;
  }

  /** Throws FhirProblem 410 for a result that is no longer kept. */
  page(id: string, offset: number, count: number | undefined, behaviour: Behaviour): object {
    const session = this.sessions.get(id);
    if (!session || behaviour.pagesExpired) {
      throw problem(410, 'not-found', `Search ID "${id}" does not exist and may have expired.`);
    }
    return session.page(offset, count ?? session.count);
  }

  clear(): void {
    this.sessions.clear();
  }
}

/** The address with another origin, where the server is to get its own wrong. */
export function publicLink(url: string, behaviour: Behaviour): string {
  if (behaviour.wrongLinkOrigin === undefined) return url;
  const { pathname, search } = new URL(url);
  return `${behaviour.wrongLinkOrigin}${pathname}${search}`;
}
