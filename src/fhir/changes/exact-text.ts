import { isRecord } from '#lib/narrow.ts';

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

/** Pairs list items: first unchanged ones with their originals, then each with the most similar. */
function keepItems(was: readonly unknown[], next: readonly unknown[]): unknown[] {
  const left = was.map((item) => ({ item, text: said(item) }));
  const untouched = next.map((item) => {
    const text = said(item);
    const at = left.findIndex((one) => one.text === text);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  });
  return next.map((item, index) => {
    const same = untouched[index];
    if (same) return same.item;
    const scores = left.map((one) => shared(one.item, item));
    const [closest] = left.splice(scores.indexOf(Math.max(...scores)), 1);
    return keep(closest?.item, item);
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
