import { isRecord, type Json } from '#lib/narrow.ts';
import { MAX_DEPTH } from './json-equal.ts';

/** The server's own: its bookkeeping, and the narrative. */
const SERVERS: ReadonlySet<string> = new Set(['resourceType', 'id', 'meta', 'text']);

const INSTANT = /^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:\d\d)$/;

/** Blanks at the ends and in a row, and how an accent is written, say nothing. */
const tidy = (value: string): string => value.normalize('NFC').replace(/\s+/g, ' ').trim();

function sameText(sent: string, saved: string): boolean {
  const [mine, theirs] = [tidy(sent), tidy(saved)];
  if (mine === theirs) return true;
  // The same moment in another time zone, or with other fractions of a second.
  return INSTANT.test(mine) && INSTANT.test(theirs) && Date.parse(mine) === Date.parse(theirs);
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && tidy(value) === '') ||
  (Array.isArray(value) && value.every(isEmpty)) ||
  (isRecord(value) && Object.entries(value).every(([key, v]) => key === 'id' || isEmpty(v)));

/**
 * The parts of an element that a server must keep. Text that repeats the other parts may be
 * generated anew: of a name, an address or a concept, and the display of a reference.
 */
function essential(element: Json): readonly (readonly [string, unknown])[] {
  const has = (...keys: readonly string[]) => keys.some((key) => !isEmpty(element[key]));
  return Object.entries(element).filter(([key, value]) => {
    if (key === 'id' || isEmpty(value)) return false;
    if (key === 'text') return !has('family', 'given', 'line', 'city', 'postalCode', 'coding');
    return key !== 'display' || !has('reference', 'code');
  });
}

/** A reference may come back with or without the server's address before it, or its version after it. */
const sameReference = (sent: string, saved: string): boolean => {
  const [mine = '', theirs = ''] = [sent, saved].map((r) =>
    tidy(r).replace(/\/_history\/[^/]+$/, ''),
  );
  return mine === theirs || theirs.endsWith(`/${mine}`) || mine.endsWith(`/${theirs}`);
};

/** Base64 may come back in lines, or without them. */
const sameData = (sent: string, saved: string): boolean =>
  sent.replace(/\s/g, '') === saved.replace(/\s/g, '');

/**
 * Texts that have a sense of their own. The address of an attachment is signed anew in each answer
 * of servers that keep files elsewhere (Medplum): there has to be one.
 */
function sameOf(key: string, element: Json, sent: string, saved: string): boolean {
  if (key === 'reference') return sameReference(sent, saved);
  if (key === 'data') return sameData(sent, saved);
  if (key === 'url' && 'contentType' in element) return !isEmpty(saved);
  return sameText(sent, saved);
}

/** Whether every item that was sent has one of its own among those that came back, in any order. */
function holdsAll(sent: readonly unknown[], saved: readonly unknown[], depth: number): boolean {
  const takenBy = new Map<number, unknown>();
  const place = (item: unknown, tried: Set<number>): boolean =>
    saved.some((other, at) => {
      if (tried.has(at) || !holds(item, other, depth + 1)) return false;
      tried.add(at);
      // The item that took it may find another one (bipartite matching, after H. W. Kuhn).
      if (takenBy.has(at) && !place(takenBy.get(at), tried)) return false;
      takenBy.set(at, item);
      return true;
    });
  return sent.every((item) => isEmpty(item) || place(item, new Set()));
}

/** Whether all that was sent stands in what came back, which may hold more. */
function holds(sent: unknown, saved: unknown, depth = 0): boolean {
  if (isEmpty(sent) || depth > MAX_DEPTH) return true;
  if (typeof sent === 'string') return typeof saved === 'string' && sameText(sent, saved);
  if (Array.isArray(sent)) return Array.isArray(saved) && holdsAll(sent, saved, depth);
  if (!isRecord(sent)) return sent === saved;
  if (!isRecord(saved)) return false;
  return essential(sent).every(([key, value]) => {
    const theirs = Object.hasOwn(saved, key) ? saved[key] : undefined;
    return typeof value === 'string' && typeof theirs === 'string'
      ? sameOf(key, sent, value, theirs)
      : holds(value, theirs, depth + 1);
  });
}

/**
 * The elements of a resource that a server took and did not keep as they were sent: missing from its
 * answer, or altered there. FHIR lets a server leave out what it has no place for (R4 §3.1.0.1.9).
 * Not counted is what says the same: another order, ids and extensions added, blanks trimmed, the
 * narrative and `meta`.
 *
 * @returns names of elements such as `telecom`, each once
 */
export function notKept(sent: object, saved: object): readonly string[] {
  const kept = saved as Json;
  const lost = Object.entries(sent).filter(
    ([key, value]) =>
      !SERVERS.has(key) && !holds(value, Object.hasOwn(kept, key) ? kept[key] : undefined),
  );
  return [...new Set(lost.map(([key]) => key.replace(/^_/, '')))];
}
