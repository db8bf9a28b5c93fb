/** What a test can make the sandbox's Entra do. Every field may be changed at any time. */
export interface EntraControl {
  /** Access token lifetime in seconds. */
  tokenLifetime: number;
  /** Seconds by which this server's clock is ahead (or, negative, behind). */
  clockSkew: number;
  /** Signs in as this demo user (its id) without showing the page. */
  signInAs: string | undefined;
  /** Answers every interactive sign-in with this error. */
  deny: { readonly error: string; readonly description: string } | undefined;
  /** Answers `prompt=none` and every refresh with `interaction_required`. */
  interactionRequired: boolean;
  /** Answers every refresh with `invalid_grant`. */
  refuseRefresh: boolean;
  dropNonce: boolean;
  /** The `aud` of access tokens, in place of the FHIR server's address. */
  audience: string | undefined;
  /** Changes the claims of the id_token before it is signed. */
  idToken: ((claims: Record<string, unknown>) => Record<string, unknown>) | undefined;
  /** Changes the token response. */
  mutate: ((response: Record<string, unknown>) => unknown) | undefined;
  /** Changes the OpenID metadata; a number is sent as an HTTP status instead. */
  metadata: ((metadata: Record<string, unknown>) => unknown) | undefined;
  /** Answers the token endpoint with this in place of a token. */
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

/** A control object with its way back. */
export function makeControl<T extends object>(initial: () => T): Control<T> {
  const control = { ...initial(), reset: () => void Object.assign(control, initial()) };
  return control;
}

export const entraControl = (): Control<EntraControl> => makeControl(defaults);
