import { isRecord, type Json } from '#lib/narrow.ts';
import { MAX_DEPTH } from '../changes/json-equal.ts';

/**
 * Whether something holds of a resource or of any of its parts.
 *
 * @param beyond what is answered for what lies deeper than FHIR goes
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
