/**
 * Small, total readers for data from outside. Nothing here throws, whatever it is given: a server
 * may send a name as a string, a null entry or a number where a list belongs.
 */

/** A plain JSON object with unknown fields. */
export type Json = Readonly<Record<string, unknown>>;

/** Longer text than this in one field is a fault or an attack; it would also break every layout. */
const MAX_TEXT = 1000;

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object, or an empty one. */
export function record(value: unknown): Json {
  return isRecord(value) ? value : {};
}

/** The value as a list: a single value where a list belongs counts as a list of one. */
export function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** The objects in a list; whatever else stands there is left out. */
export function records(value: unknown): readonly Json[] {
  return list(value).filter(isRecord);
}

/** Text worth showing: trimmed, never empty, at most 1,000 characters. A number counts as text. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return undefined;
  const trimmed = value.trim();
  if (trimmed === '') return undefined;
  return trimmed.length > MAX_TEXT ? `${trimmed.slice(0, MAX_TEXT)}…` : trimmed;
}

/** The texts of a list, in order. */
export function texts(value: unknown): readonly string[] {
  return list(value)
    .map(text)
    .filter((t) => t !== undefined);
}

/** A finite number, also where it was sent as text. */
export function number(value: unknown): number | undefined {
  const n =
    typeof value === 'string' && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value.trim())
      ? Number(value)
      : value;
  return typeof n === 'number' && Number.isFinite(n) ? n : undefined;
}
