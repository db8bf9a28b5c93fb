import { isRecord } from '#lib/narrow.ts';

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/** JSON in which every number is a string of its own text, `n42.10`; other strings and keys begin with `s`. */
const marked = (json: string): unknown =>
  JSON.parse(
    json.replace(TOKEN, (token) => (token.startsWith('"') ? `"s${token.slice(1)}` : `"n${token}"`)),
  );

const unmarked = (value: unknown): string =>
  JSON.stringify(value).replace(TOKEN, (token) =>
    token[1] === 'n' ? token.slice(2, -1) : `"${token.slice(2)}`,
  );

/** What a marked value says, its numbers as JavaScript writes them. */
const said = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) => {
    if (typeof v !== 'string' || !v.startsWith('n')) return v;
    const number = Number(v.slice(1));
    return Number.isFinite(number) ? `n${number}` : null;
  }) ?? '';

/** How much of an element stands in another one as well. */
const shared = (was: unknown, next: unknown): number =>
  isRecord(was) && isRecord(next)
    ? Object.keys(next).filter((key) => said(was[key]) === said(next[key])).length
    : 0;

/** Elements that were not touched have theirs first; an edited one was what it shares most with. */
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
 * A changed resource as JSON, with each number that was not changed as the server wrote it: 42.10 is
 * not 42.1 (https://hl7.org/fhir/R4/datatypes.html#decimal), and a JavaScript number may hold fewer
 * digits. Works on text alone, because not every browser hands over the source of a number.
 *
 * @param source the JSON of what was changed
 * @param changed made of what `JSON.parse` read from it
 */
export function exactText(source: string, changed: unknown): string {
  return unmarked(keep(marked(source), marked(JSON.stringify(changed))));
}
