import type { ConfigProblem } from '#lib/app-error.ts';

/** Matches placeholders from guides: `<CLIENT_ID>`, or a GUID of one repeated digit. */
const PLACEHOLDER = /<[a-z][\w -]*>|\b([0-9a-f])\1{7}-(?:\1{4}-){3}\1{12}\b/i;

export interface Text {
  /** Path as in {@link ConfigProblem}. */
  readonly path: ConfigProblem['path'];
  readonly value: string;
}

/** Returns every text in a configuration with its path. */
export function textsIn(value: unknown, path = ''): readonly Text[] {
  if (typeof value === 'string') return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((v, i) => textsIn(v, `${path}[${i}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, v]) => textsIn(v, path ? `${path}.${key}` : key));
}

/**
 * Returns the placeholders left in a configuration. The schema accepts them, so the app starts and
 * only the sign-in fails, with a message of the identity provider.
 */
export function placeholdersIn(config: unknown): readonly Text[] {
  return textsIn(config).flatMap(({ path, value }) => {
    const found = PLACEHOLDER.exec(value)?.[0];
    return found === undefined ? [] : [{ path, value: found }];
  });
}
