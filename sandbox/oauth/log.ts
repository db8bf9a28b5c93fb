/** One request to an authorization server of the sandbox, recorded for tests. */
export interface OAuthLogEntry {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly kind:
    | 'authorize'
    | 'interaction'
    | 'token'
    | 'logout'
    | 'revoke'
    | 'metadata'
    | 'keys'
    | 'other';
  readonly method: string;
  readonly path: string;
  /** Query parameters; for a token request also the parameters of its body. */
  readonly params: Readonly<Record<string, string>>;
  /** Names of parameters sent more than once, which OAuth forbids. */
  readonly repeated: readonly string[];
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Status of the response; 0 until it is sent, and when the connection was dropped. */
  status: number;
  /** OAuth error of the response, from the body or the redirect. */
  error?: string;
  /** The token response as sent. */
  response?: unknown;
}

/** Returns the names of the parameters that occur more than once. */
export function repeatedNames(params: URLSearchParams): string[] {
  const names = [...params.keys()];
  return [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
}
