import { isRecord } from '#lib/narrow.ts';

/**
 * No FHIR resource is nested as deeply. The limit stops a hostile one from overflowing the stack.
 */
export const MAX_DEPTH = 100;

const present = (value: object): readonly (readonly [string, unknown])[] =>
  Object.entries(value).filter(([, v]) => v !== undefined);

/** Whether two JSON values are equal, apart from the order of object fields. */
export function sameJson(a: unknown, b: unknown, depth = 0): boolean {
  if (Object.is(a, b)) return true;
  if (depth > MAX_DEPTH) return false;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => sameJson(item, b[i], depth + 1));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const mine = present(a);
  return (
    mine.length === present(b).length &&
    mine.every(([key, value]) => Object.hasOwn(b, key) && sameJson(value, b[key], depth + 1))
  );
}
