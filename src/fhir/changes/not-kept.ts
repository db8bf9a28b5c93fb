import { isRecord, type Json } from '#lib/narrow.ts';
import { MAX_DEPTH } from './json-equal.ts';
import { pairEqual } from './pair-equal.ts';

/** Elements that the server sets itself. */
const SERVERS: ReadonlySet<string> = new Set(['resourceType', 'id', 'meta', 'text']);

const INSTANT = /^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:\d\d)$/;

/** Removes differences without meaning: extra blanks, and the Unicode form of accents. */
const tidy = (value: string): string => value.normalize('NFC').replace(/\s+/g, ' ').trim();

function sameText(sent: string, saved: string): boolean {
  const [mine, theirs] = [tidy(sent), tidy(saved)];
  if (mine === theirs) return true;
  // The texts may be the same instant in another time zone or with other fractional seconds.
  return INSTANT.test(mine) && INSTANT.test(theirs) && Date.parse(mine) === Date.parse(theirs);
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && tidy(value) === '') ||
  (Array.isArray(value) && value.every(isEmpty)) ||
  (isRecord(value) && Object.entries(value).every(([key, v]) => key === 'id' || isEmpty(v)));

/**
 * Returns the parts of an element that a server must keep. A server may rewrite text that repeats
 * other parts: the `text` of a name, address or concept, and the `display` of a reference or code.
 */
function essential(element: Json): readonly (readonly [string, unknown])[] {
  const has = (...keys: readonly string[]) => keys.some((key) => !isEmpty(element[key]));
  return Object.entries(element).filter(([key, value]) => {
    if (key === 'id' || isEmpty(value)) return false;
    if (key === 'text') return !has('family', 'given', 'line', 'city', 'postalCode', 'coding');
    return key !== 'display' || !has('reference', 'code');
  });
}

/** Whether two references are equal, apart from the server's base and a version. */
const sameReference = (sent: string, saved: string): boolean => {
  const [mine = '', theirs = ''] = [sent, saved].map((r) =>
    tidy(r).replace(/\/_history\/[^/]+$/, ''),
  );
  return mine === theirs || theirs.endsWith(`/${mine}`) || mine.endsWith(`/${theirs}`);
};

/** Whether two base64 texts are equal, apart from white space. */
const sameData = (sent: string, saved: string): boolean =>
  sent.replace(/\s/g, '') === saved.replace(/\s/g, '');

/**
 * Whether two texts of a field are equal, by the rules of that field. For the URL of an attachment
 * any URL counts, because servers with external file storage (Medplum) sign it anew in each
 * response.
 */
function sameOf(key: string, element: Json, sent: string, saved: string): boolean {
  if (key === 'reference') return sameReference(sent, saved);
  if (key === 'data') return sameData(sent, saved);
  if (key === 'url' && 'contentType' in element) return !isEmpty(saved);
  return sameText(sent, saved);
}

/** Most pairs of list items to try; after them an item counts as altered. They take about 0.1 s. */
const MOST_TRIES = 50_000;

let triesLeft = MOST_TRIES;

/** Whether every sent item can be paired with a different saved item, in any order. */
function holdsAll(sent: readonly unknown[], saved: readonly unknown[], depth: number): boolean {
  const all = sent.filter((item) => !isEmpty(item));
  const equal = pairEqual(all, saved);
  const used = new Set(equal);
  const mine = all.filter((_, i) => equal[i] === undefined);
  const theirs = saved.filter((_, at) => !used.has(at));
  if (mine.length > theirs.length) return false;
  const takenBy = new Map<number, number>();
  const place = (i: number, tried: Set<number>): boolean =>
    theirs.some((_, step) => {
      const at = (i + step) % theirs.length; // most servers keep the order
      if (tried.has(at) || (triesLeft -= 1) < 0) return false;
      if (!holds(mine[i], theirs[at], depth + 1)) return false;
      tried.add(at);
      // The item paired with it may find another partner (bipartite matching, H. W. Kuhn).
      const other = takenBy.get(at);
      if (other !== undefined && !place(other, tried)) return false;
      takenBy.set(at, i);
      return true;
    });
  return mine.every((_, i) => place(i, new Set()));
}

/** Whether the saved value contains everything that was sent; it may contain more. */
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
 * Returns the elements of a resource that a server accepted but did not keep as sent: missing in
 * the saved resource, or altered. FHIR lets a server drop elements it does not support (R4
 * §3.1.0.1.9). Differences without meaning do not count: another order, added ids and extensions,
 * trimmed blanks, the narrative and `meta`.
 *
 * @returns names of elements, such as `telecom`, each once
 */
export function notKept(sent: object, saved: object): readonly string[] {
  const kept = saved as Json;
  triesLeft = MOST_TRIES;
  const lost = Object.entries(sent).filter(
    ([key, value]) =>
      !SERVERS.has(key) && !holds(value, Object.hasOwn(kept, key) ? kept[key] : undefined),
  );
  return [...new Set(lost.map(([key]) => key.replace(/^_/, '')))];
}
