import type { AuthConfig, ServerConfig } from '#config/schema.ts';

/** What the EHR told the app at launch (SMART App Launch 2.2, "Launch context arrives with your access_token"). */
export interface LaunchContext {
  /** Logical id of the Patient in context; checked against the FHIR id pattern. */
  readonly patient: string | undefined;
  /** Logical id of the Encounter in context; checked against the FHIR id pattern. */
  readonly encounter: string | undefined;
  /** Logical id of a Practitioner, as the Azure SMART proxy sends it. Conveys no authority. */
  readonly practitioner: string | undefined;
  /** Relative reference of the signed-in user, such as `Practitioner/123`. A display hint only. */
  readonly fhirUser: string | undefined;
  /** Whether the app must show who the patient is. Missing means true, the safe side. */
  readonly needPatientBanner: boolean;
  /** Address of the EHR's style document. Experimental in SMART; fetched without credentials. */
  readonly styleUrl: string | undefined;
  readonly intent: string | undefined;
  /** The token response with every secret masked, for the access check. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** A launch context that says nothing: what every session without an EHR launch has. */
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

/** What the access check may say of a token: never the token itself. */
export interface TokenReport {
  /** `jwt` when it could be decoded; an opaque token is legal and says nothing. */
  readonly format: 'jwt' | 'opaque' | 'none';
  readonly header: Readonly<Record<string, unknown>> | undefined;
  readonly claims: Readonly<Record<string, unknown>> | undefined;
  /** When it expires, in milliseconds since the epoch, as the session reckons it. */
  readonly expiresAt: number | undefined;
  readonly hasRefreshToken: boolean;
  readonly scopesAsked: readonly string[] | undefined;
}

export type SessionKind = AuthConfig['type'];

/** One signed-in (or open) connection to one FHIR server. The only thing that knows how one signed in. */
export interface Session {
  readonly kind: SessionKind;
  /** The server whose `fhirBaseUrl` every request goes to. */
  readonly server: ServerConfig;
  readonly user: SessionUser | undefined;
  /** SMART: `sub` of a verified id_token. Names the person to this program, and never changes. */
  readonly subject?: string | undefined;
  readonly context: LaunchContext;
  /** An EHR opened the app. With no patient in the context it opened it for none: the list says so. */
  readonly launched?: boolean | undefined;
  /** As granted. Undefined where the server did not say: then let the server decide. */
  readonly scopes: readonly string[] | undefined;
  /** Application roles in an Entra token, where it names any. A hint for what to offer. */
  readonly roles?: readonly string[] | undefined;
  /**
   * Opaque; differs whenever the user, the server or the launch does, and the same after a reload.
   * Part of every query key; whatever is kept in the history of the tab is valid for this key only.
   */
  readonly key: string;
  /**
   * The `Authorization` header value, always fresh; undefined where the server is open. It goes into
   * requests under `fhirBaseUrl` and nowhere else. Throws {@link SignInRequired}.
   */
  authorization(): Promise<string | undefined>;
  /** After a 401: tries for a new token once. False means that the person must sign in again. */
  renew(): Promise<boolean>;
  /**
   * Whether the token is past its expiry, where the session can tell. Some servers answer an
   * expired token without CORS headers, which the browser reports as a network failure.
   */
  tokenExpired?(): boolean;
  /**
   * Clears every trace here and ends the session at the identity provider where it can; with
   * `local`, here only. May leave the page.
   */
  signOut(o?: { readonly local?: boolean }): Promise<void>;
  /** For the access check only. */
  inspect(): Promise<TokenReport>;
}
