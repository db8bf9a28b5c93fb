import { isRecord } from '#lib/narrow.ts';
import { MAX_DEPTH } from './json-equal.ts';

let tooDeep = 0;

/** Returns a text that two JSON values share if, and only if, they are equal by `sameJson`. */
export function canonical(value: unknown, depth = 0): string {
  if (typeof value === 'string') return `${value.length}"${value}`;
  if (Array.isArray(value) || isRecord(value)) {
    if (depth > MAX_DEPTH) return `?${(tooDeep += 1)}`;
  } else return Object.is(value, -0) ? '-0' : String(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join()}]`;
  const fields = Object.entries(value)
    .filter(([, v]) => v !== undefined)
    .map(([key, v]) => `${canonical(key)}:${canonical(v, depth + 1)}`);
  return `{${fields.sort().join()}}`;
}

/**
 * Returns for each item the index of an equal item of another list, or undefined. Of several equal
 * items each is used once, in their order. Takes linear time, because a hostile or faulty record
 * may hold thousands of items.
 *
 * @param keyOf returns equal texts for equal items only
 */
export function pairEqual(
  items: readonly unknown[],
  others: readonly unknown[],
  keyOf: (item: unknown) => string = canonical,
): readonly (number | undefined)[] {
  const free = new Map<string, number[]>();
  for (let at = others.length - 1; at >= 0; at -= 1) {
    const key = keyOf(others[at]);
    const same = free.get(key);
    if (same) same.push(at);
    else free.set(key, [at]);
  }
  return items.map((item) => free.get(keyOf(item))?.pop());
}
