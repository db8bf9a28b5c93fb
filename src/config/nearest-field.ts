import type * as v from 'valibot';
import { configSchema } from './schema.ts';

/** Parts of a valibot schema that lead to its fields. */
interface Part {
  readonly entries?: Readonly<Record<string, Part>>;
  readonly item?: Part;
  readonly wrapped?: Part;
  readonly options?: readonly (Part | string)[];
}

/** Returns all field names of a schema, at any depth. */
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

/** Returns the Levenshtein distance of two texts. */
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

/** Returns the known field that is most similar to a misspelt one, if any is similar enough. */
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
