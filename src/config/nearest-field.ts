import type * as v from 'valibot';
import { configSchema } from './schema.ts';

/** What of a schema leads to its fields. */
interface Part {
  readonly entries?: Readonly<Record<string, Part>>;
  readonly item?: Part;
  readonly wrapped?: Part;
  readonly options?: readonly (Part | string)[];
}

/** Every field there is, wherever it stands. */
function fieldsOf(part: Part): readonly string[] {
  const inner = [
    part.item,
    part.wrapped,
    ...Object.values(part.entries ?? {}),
    ...(part.options ?? []),
  ];
  return [
    ...Object.keys(part.entries ?? {}),
    ...inner.flatMap((p) => (typeof p === 'object' ? fieldsOf(p) : [])),
  ];
}

/** How many letters must change, come or go (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The field that a misspelt one was most likely meant to be, if there is one so near. */
export function nearestField(issue: v.BaseIssue<unknown>): string | undefined {
  const last = issue.path?.at(-1);
  const given = String(last?.key);
  const beside = Object.keys(last?.input ?? {});
  const [nearest] = [...new Set(fieldsOf(configSchema as unknown as Part))]
    .filter((field) => !beside.includes(field))
    .map((field) => ({ field, far: distance(given.toLowerCase(), field.toLowerCase()) }))
    .filter(({ far }) => far <= Math.min(2, given.length / 3))
    .toSorted((a, b) => a.far - b.far);
  return nearest?.field;
}
