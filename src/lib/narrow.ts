/**
 * Readers for untrusted data. None of them throws, whatever it is given: a server may send a
 * string, null or a number where FHIR has an object or a list.
 */

/** A plain JSON object with unknown fields. */
export type Json = Readonly<Record<string, unknown>>;

/** Characters; a longer text in one field is a fault or an attack, and would break the layout. */
const MAX_TEXT = 1000;

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the value if it is an object, otherwise an empty object. */
export function record(value: unknown): Json {
  return isRecord(value) ? value : {};
}

/** Returns the value as a list. A single value counts as a list of one. */
export function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** Returns the objects in a list, without any other values. */
export function records(value: unknown): readonly Json[] {
  return list(value).filter(isRecord);
}

/**
 * Returns text, trimmed and cut at 1,000 characters; undefined if empty. A number counts as text.
 */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return undefined;
  const trimmed = value.trim();
  if (trimmed === '') return undefined;
  return trimmed.length > MAX_TEXT ? `${trimmed.slice(0, MAX_TEXT)}…` : trimmed;
}

/** Returns the texts in a list, in order, without any other values. */
export function texts(value: unknown): readonly string[] {
  return list(value)
    .map(text)
    .filter((t) => t !== undefined);
}

/** Returns a finite number, also from text; undefined for anything else. */
export function number(value: unknown): number | undefined {
  const n =
    typeof value === 'string' && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value.trim())
      ? Number(value)
      : value;
  return typeof n === 'number' && Number.isFinite(n) ? n : undefined;
}
