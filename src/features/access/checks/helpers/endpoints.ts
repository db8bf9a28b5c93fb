import { text } from '#lib/narrow.ts';

/** Required endpoints in the metadata: for the sign-in, and to exchange the code. */
export const ENDPOINTS = ['authorization_endpoint', 'token_endpoint'] as const;

/** Returns the missing endpoints as a localised list; undefined if none is missing. */
export function lacking(
  json: Readonly<Record<string, unknown>>,
  locale: string,
): string | undefined {
  const names = ENDPOINTS.filter((name) => !text(json[name]));
  return names.length > 0 ? new Intl.ListFormat(locale).format(names) : undefined;
}
