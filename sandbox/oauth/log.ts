/** One request that an authorization server of the sandbox received, as tests read it. */
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
  /** Query parameters, and for a token request those of its body. */
  readonly params: Readonly<Record<string, string>>;
  /** Parameters sent more than once, which OAuth forbids. */
  readonly repeated: readonly string[];
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** HTTP status answered; 0 while the request is under way or when the connection was dropped. */
  status: number;
  /** The OAuth error answered, in the body or in the redirect. */
  error?: string;
  /** The token response as sent. */
  response?: unknown;
}

/** Which parameters occur more than once. */
export function repeatedNames(params: URLSearchParams): string[] {
  const names = [...params.keys()];
  return [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
}
