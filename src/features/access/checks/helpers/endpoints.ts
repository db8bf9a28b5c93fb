import { text } from '#lib/narrow.ts';

/** Where a person is sent to sign in, and a code to be exchanged. */
export const ENDPOINTS = ['authorization_endpoint', 'token_endpoint'] as const;

/** The endpoints that metadata do not name, as a list in words; undefined where they name both. */
export function lacking(
  json: Readonly<Record<string, unknown>>,
  locale: string,
): string | undefined {
  const names = ENDPOINTS.filter((name) => !text(json[name]));
  return names.length > 0 ? new Intl.ListFormat(locale).format(names) : undefined;
}
