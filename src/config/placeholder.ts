import type { ConfigProblem } from '#lib/app-error.ts';

/** What guides put where a value of one's own belongs: `<CLIENT_ID>`. */
const PLACEHOLDER = /<[a-z][\w -]*>/i;

export interface Placeholder {
  /** Where, as in {@link ConfigProblem}. */
  readonly path: ConfigProblem['path'];
  readonly value: string;
}

/**
 * Placeholders that nobody has filled in, anywhere in a configuration. The schema lets them pass,
 * and so the app starts: only the sign-in fails, at another server and with that server's words.
 */
export function placeholdersIn(value: unknown, path = ''): readonly Placeholder[] {
  if (typeof value === 'string') {
    const found = PLACEHOLDER.exec(value)?.[0];
    return found === undefined ? [] : [{ path, value: found }];
  }
  if (Array.isArray(value)) return value.flatMap((v, i) => placeholdersIn(v, `${path}[${i}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, v]) =>
    placeholdersIn(v, path ? `${path}.${key}` : key),
  );
}
