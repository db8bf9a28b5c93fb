/** Switches by which tests change Entra's behaviour. Every field may be changed at any time. */
export interface EntraControl {
  /** Access token lifetime in seconds. */
  tokenLifetime: number;
  /** Seconds by which this server's clock is ahead (or, negative, behind). */
  clockSkew: number;
  /** Id of a demo user who is signed in without the sign-in page. */
  signInAs: string | undefined;
  /** Answers every interactive sign-in with this error. */
  deny: { readonly error: string; readonly description: string } | undefined;
  /** Answers `prompt=none` and every refresh with `interaction_required`. */
  interactionRequired: boolean;
  /** Answers every refresh with `invalid_grant`. */
  refuseRefresh: boolean;
  dropNonce: boolean;
  /** `aud` of access tokens instead of the FHIR server's address. */
  audience: string | undefined;
  /** Changes the claims of the id_token before it is signed. */
  idToken: ((claims: Record<string, unknown>) => Record<string, unknown>) | undefined;
  /** Changes the token response. */
  mutate: ((response: Record<string, unknown>) => unknown) | undefined;
  /** Changes the OpenID metadata; when it returns a number, that is sent as the HTTP status. */
  metadata: ((metadata: Record<string, unknown>) => unknown) | undefined;
  /** Response of the token endpoint instead of a token; `drop` closes the connection. */
  tokenFailure: { readonly status: number; readonly body: unknown } | 'drop' | undefined;
  /** Milliseconds before the token endpoint answers. */
  tokenDelay: number;
}

const defaults = (): EntraControl => ({
  tokenLifetime: 3600,
  clockSkew: 0,
  signInAs: undefined,
  deny: undefined,
  interactionRequired: false,
  refuseRefresh: false,
  dropNonce: false,
  audience: undefined,
  idToken: undefined,
  mutate: undefined,
  metadata: undefined,
  tokenFailure: undefined,
  tokenDelay: 0,
});

export type Control<T> = T & { /** Back to normal behaviour. */ reset(): void };

/** Returns a control object with a `reset`. */
export function makeControl<T extends object>(initial: () => T): Control<T> {
  const control = { ...initial(), reset: () => void Object.assign(control, initial()) };
  return control;
}

export const entraControl = (): Control<EntraControl> => makeControl(defaults);
