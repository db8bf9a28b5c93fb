import { isRecord } from '#lib/narrow.ts';
import { pairEqual } from './pair-equal.ts';

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/**
 * Parses JSON with every number as a string of its source text, such as `n42.10`. Other strings and
 * keys get the prefix `s`.
 */
const marked = (json: string): unknown =>
  JSON.parse(
    json.replace(TOKEN, (token) => (token.startsWith('"') ? `"s${token.slice(1)}` : `"n${token}"`)),
  );

const unmarked = (value: unknown): string =>
  JSON.stringify(value).replace(TOKEN, (token) =>
    token[1] === 'n' ? token.slice(2, -1) : `"${token.slice(2)}`,
  );

/** Returns a marked value as text for comparison, with numbers as JavaScript writes them. */
const said = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) => {
    if (typeof v !== 'string' || !v.startsWith('n')) return v;
    const number = Number(v.slice(1));
    return Number.isFinite(number) ? `n${number}` : null;
  }) ?? '';

/** Returns the number of fields that two objects have in common. */
const shared = (was: unknown, next: unknown): number =>
  isRecord(was) && isRecord(next)
    ? Object.keys(next).filter((key) => said(was[key]) === said(next[key])).length
    : 0;

/** Most comparisons in one list, each of which takes some microseconds. */
const MOST_PAIRS = 10_000;

/**
 * Pairs list items: first unchanged ones with their originals, then each with the most similar, or
 * in order if there are too many.
 */
function keepItems(was: readonly unknown[], next: readonly unknown[]): unknown[] {
  const equal = pairEqual(next, was, said);
  const used = new Set(equal);
  const left = was.filter((_, at) => !used.has(at));
  const many = left.length * equal.filter((at) => at === undefined).length > MOST_PAIRS;
  let taken = 0;
  return next.map((item, index) => {
    const same = equal[index];
    if (same !== undefined) return was[same];
    if (many) return keep(left[(taken += 1) - 1], item);
    const scores = left.map((one) => shared(one, item));
    const [closest] = left.splice(scores.indexOf(Math.max(...scores)), 1);
    return keep(closest, item);
  });
}

function keep(was: unknown, next: unknown): unknown {
  if (said(was) === said(next)) return was;
  if (Array.isArray(next)) return keepItems(Array.isArray(was) ? was : [], next);
  if (!isRecord(next) || !isRecord(was)) return next;
  return Object.fromEntries(Object.entries(next).map(([key, v]) => [key, keep(was[key], v)]));
}

/**
 * Returns a changed resource as JSON in which every unchanged number keeps the server's digits:
 * 42.10 is not 42.1 (https://hl7.org/fhir/R4/datatypes.html#decimal), and a JavaScript number may
 * hold fewer digits. It works on text, because not every browser passes a number's source to the
 * reviver.
 *
 * @param source the JSON text of the resource before the change
 * @param changed the resource after the change
 */
export function exactText(source: string, changed: unknown): string {
  return unmarked(keep(marked(source), marked(JSON.stringify(changed))));
}
