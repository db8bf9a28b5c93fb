import { createHash, randomUUID } from 'node:crypto';
import type { Behaviour } from '../faults/modes.ts';
import { problem } from '../outcome.ts';

/** The position of a page in the result: after the item with the id `after`. */
interface Position {
  /** Id of the last item sent. */
  after: string;
  /** Index at which the page starts if that item has been deleted by then. */
  at: number;
  /** Fingerprint of the request that the token belongs to. */
  of: string;
}

/** One page of a result. */
export interface PageSlice<T> {
  items: T[];
  start: number;
  hasMore: boolean;
}

const fingerprint = (request: string): string =>
  createHash('sha256').update(request).digest('base64url').slice(0, 16);

/** Returns an opaque token like Azure's `ct`, in base64, so that no client computes its own. */
export function continuationToken(request: string, after: string, at: number): string {
  const position: Position = { after, at, of: fingerprint(request) };
  return Buffer.from(JSON.stringify(position)).toString('base64');
}

/**
 * Returns the page of `items` that a token points to, the first without a token. Throws FhirProblem
 * 400 for a token that is invalid or belongs to another request.
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

/** A result kept for later pages by a server that pages like HAPI. */
export interface PagedResult {
  /** Makes the bundle of the items from `offset`. */
  page(offset: number, count: number): object;
  count: number;
}

/** The kept results by the id in `_getpages`. */
export class PageSessions {
  private readonly sessions = new Map<string, PagedResult>();

  open(result: PagedResult): string {
    const id = randomUUID();
    this.sessions.set(id, result);
    return id;
  }

  /** Returns the bundle of a page. Throws FhirProblem 410 for a result that is no longer kept. */
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

/** Returns the address, with the wrong origin if the behaviour sets one. */
export function publicLink(url: string, behaviour: Behaviour): string {
  if (behaviour.wrongLinkOrigin === undefined) return url;
  const { pathname, search } = new URL(url);
  return `${behaviour.wrongLinkOrigin}${pathname}${search}`;
}
