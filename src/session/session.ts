import type { AuthConfig, ServerConfig } from '#config/schema.ts';

/**
 * Launch context from the EHR (SMART App Launch 2.2, "Launch context arrives with your
 * access_token").
 */
export interface LaunchContext {
  /** Logical id of the Patient in context; checked against the FHIR id pattern. */
  readonly patient: string | undefined;
  /** Logical id of the Encounter in context; checked against the FHIR id pattern. */
  readonly encounter: string | undefined;
  /** Logical id of a Practitioner, as the Azure SMART proxy sends it. Conveys no authority. */
  readonly practitioner: string | undefined;
  /** Relative reference of the signed-in user, such as `Practitioner/123`. A display hint only. */
  readonly fhirUser: string | undefined;
  /** Whether the app must show which patient it is about. Missing means true, the safe default. */
  readonly needPatientBanner: boolean;
  /** URL of the EHR's style document. Experimental in SMART; fetched without credentials. */
  readonly styleUrl: string | undefined;
  readonly intent: string | undefined;
  /** The token response with every secret masked, for the access check. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** Empty launch context of every session without an EHR launch. */
export const NO_CONTEXT: LaunchContext = {
  patient: undefined,
  encounter: undefined,
  practitioner: undefined,
  fhirUser: undefined,
  needPatientBanner: true,
  styleUrl: undefined,
  intent: undefined,
  raw: {},
};

export interface SessionUser {
  readonly name: string;
  /** Sign-in name, such as a user principal name. */
  readonly login: string | undefined;
}

/** Facts about a token that the access check may show; never the token itself. */
export interface TokenReport {
  /** `jwt` if the token can be decoded; an opaque token is legal but cannot be read. */
  readonly format: 'jwt' | 'opaque' | 'none';
  readonly header: Readonly<Record<string, unknown>> | undefined;
  readonly claims: Readonly<Record<string, unknown>> | undefined;
  /** Expiry in milliseconds since the epoch, as far as the session knows. */
  readonly expiresAt: number | undefined;
  readonly hasRefreshToken: boolean;
  readonly scopesAsked: readonly string[] | undefined;
}

export type SessionKind = AuthConfig['type'];

/** Signed-in (or open) connection to one FHIR server. Hides how the user signed in. */
export interface Session {
  readonly kind: SessionKind;
  /** The server whose `fhirBaseUrl` every request goes to. */
  readonly server: ServerConfig;
  readonly user: SessionUser | undefined;
  /** SMART: `sub` of a verified id_token, a stable identifier of the user for this app. */
  readonly subject?: string | undefined;
  readonly context: LaunchContext;
  /** Whether an EHR launched the app. If the launch has no patient in context, the list says so. */
  readonly launched?: boolean | undefined;
  /**
   * Granted scopes. Undefined if the server did not name them; then only its responses tell what is
   * allowed.
   */
  readonly scopes: readonly string[] | undefined;
  /** Application roles in an Entra ID token, if it has any. Only a hint for what the UI offers. */
  readonly roles?: readonly string[] | undefined;
  /**
   * Opaque key that changes with the user, the server and the launch, and survives a reload. Part
   * of every query key. Values in the tab's history are valid for this key only.
   */
  readonly key: string;
  /**
   * Returns a fresh `Authorization` header value; undefined for an open server. It is sent only to
   * URLs under `fhirBaseUrl`. Throws {@link SignInRequired}.
   */
  authorization(): Promise<string | undefined>;
  /**
   * Tries once to get a new token after a 401. Resolves to false if the user must sign in again.
   */
  renew(): Promise<boolean>;
  /**
   * Whether the token has expired, if the session can tell. Some servers respond to an expired
   * token without CORS headers, which the browser reports as a network failure.
   */
  tokenExpired?(): boolean;
  /**
   * Removes all data of the session from this tab and ends it at the identity provider if possible;
   * with `local`, only in this tab. May navigate away.
   */
  signOut(o?: { readonly local?: boolean }): Promise<void>;
  /** For the access check only. */
  inspect(): Promise<TokenReport>;
}
