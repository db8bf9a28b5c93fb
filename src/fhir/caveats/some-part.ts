import { isRecord, type Json } from '#lib/narrow.ts';
import { MAX_DEPTH } from '../changes/json-equal.ts';

/**
 * Whether a condition is true for a resource or any of its parts.
 *
 * @param beyond the result for parts nested deeper than any FHIR resource
 */
export function somePart(
  value: unknown,
  holds: (part: Json) => boolean,
  beyond: boolean,
  depth = 0,
): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth > MAX_DEPTH) return beyond;
  const parts: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  return (
    (isRecord(value) && holds(value)) ||
    parts.some((part) => somePart(part, holds, beyond, depth + 1))
  );
}
