import { isRecord } from '#lib/narrow.ts';
import { MAX_DEPTH, sameJson } from './json-equal.ts';
import { pairEqual } from './pair-equal.ts';

/** One element that differs between two versions of a resource. */
export interface Change {
  /** Path of the element in the form's notation, such as `name.0.family`. */
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly before: unknown;
  readonly after: unknown;
}

/** Elements that the server sets at every save, so that they are no change by a user. */
const BOOKKEEPING = new Set(['meta.versionId', 'meta.lastUpdated', 'text', 'resourceType', 'id']);

const join = (path: string, step: string | number): string =>
  path === '' ? String(step) : `${path}.${step}`;

/** Most items of a list that are compared one by one; more could not be shown without a freeze. */
const MOST_ITEMS = 500;

/**
 * Pairs the indices of two lists: equal items first, so that removing the first address does not
 * look like a change of every address. The other items are paired in order, with -1 for a missing
 * one.
 *
 * @returns undefined if too many items differ
 */
function pairItems(
  a: readonly unknown[],
  b: readonly unknown[],
): readonly (readonly [number, number])[] | undefined {
  const equal = pairEqual(a, b);
  const usedB = new Set(equal);
  const freeA = [...a.keys()].filter((i) => equal[i] === undefined);
  const freeB = [...b.keys()].filter((j) => !usedB.has(j));
  const rest = freeA.length > freeB.length ? freeA : freeB;
  if (rest.length > MOST_ITEMS) return undefined;
  // Equal items need no comparison.
  return rest.map((_, k) => [freeA[k] ?? -1, freeB[k] ?? -1]);
}

function walk(a: unknown, b: unknown, path: string, depth: number, out: Change[]): void {
  if (BOOKKEEPING.has(path) || sameJson(a, b)) return;
  if (a === undefined) out.push({ path, kind: 'added', before: a, after: b });
  else if (b === undefined) out.push({ path, kind: 'removed', before: a, after: b });
  else if (depth < MAX_DEPTH && isRecord(a) && isRecord(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const read = (o: object) =>
        Object.hasOwn(o, key) ? (o as Record<string, unknown>)[key] : undefined;
      walk(read(a), read(b), join(path, key), depth + 1, out);
    }
  } else if (depth < MAX_DEPTH && Array.isArray(a) && Array.isArray(b)) {
    const pairs = pairItems(a, b);
    if (!pairs) out.push({ path, kind: 'changed', before: a, after: b });
    for (const [i, j] of pairs ?? []) {
      walk(a[i], b[j], join(path, j >= 0 ? j : i), depth + 1, out);
    }
  } else out.push({ path, kind: 'changed', before: a, after: b });
}

/**
 * Returns the elements that differ between two versions. The order of a list and the elements that
 * the server sets (`meta.versionId`, `meta.lastUpdated`, the narrative) do not count. A list with
 * more than 500 differing items is one change.
 */
export function differences(before: unknown, after: unknown): readonly Change[] {
  const out: Change[] = [];
  walk(before ?? {}, after ?? {}, '', 0, out);
  return out;
}
