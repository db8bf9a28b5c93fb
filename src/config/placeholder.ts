import type { ConfigProblem } from '#lib/app-error.ts';

/** What guides put where a value of one's own belongs: `<CLIENT_ID>`, or an id of a single digit. */
const PLACEHOLDER = /<[a-z][\w -]*>|\b([0-9a-f])\1{7}-(?:\1{4}-){3}\1{12}\b/i;

export interface Text {
  /** Where, as in {@link ConfigProblem}. */
  readonly path: ConfigProblem['path'];
  readonly value: string;
}

/** Every text in a configuration. */
export function textsIn(value: unknown, path = ''): readonly Text[] {
  if (typeof value === 'string') return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((v, i) => textsIn(v, `${path}[${i}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, v]) => textsIn(v, path ? `${path}.${key}` : key));
}

/**
 * Placeholders that were not replaced, anywhere in a configuration. The schema accepts them, so the
 * app starts: only the sign-in fails, on another server and with that server's message.
 */
export function placeholdersIn(config: unknown): readonly Text[] {
  return textsIn(config).flatMap(({ path, value }) => {
    const found = PLACEHOLDER.exec(value)?.[0];
    return found === undefined ? [] : [{ path, value: found }];
  });
}
