/**
 * Returns a media type without its parameters, in lower case: `text/plain` for
 * `text/plain; charset=utf-8`.
 *
 * @returns undefined for an invalid type, so that the result is safe in a header
 * @see https://www.rfc-editor.org/rfc/rfc6838#section-4.2
 */
export function essence(value: unknown): string | undefined {
  const found = typeof value === 'string' && /^\s*([\w.+-]+\/[\w.+-]+)\s*(?:;|$)/.exec(value)?.[1];
  return found ? found.toLowerCase() : undefined;
}
