import { makeControl, type Control } from '../entra/entra-control.ts';

/** Switches by which tests change the EHR's behaviour. Every field may be changed at any time. */
export interface EhrControl {
  /** Access token lifetime in seconds. */
  tokenLifetime: number;
  /** `opaque` tokens have no readable claims; the FHIR server asks the EHR about them. */
  tokenFormat: 'jwt' | 'opaque';
  /** `expires_in` of the token response: a number (correct), a string, absent, or this value. */
  expiresIn: 'number' | 'string' | 'absent' | { readonly value: unknown };
  /** Sends `need_patient_banner` as "true" or "false", as some servers do. */
  booleansAsStrings: boolean;
  /** Fields left out of the token response, such as `patient`, `id_token`, `scope`. */
  omit: readonly string[];
  /** Scope that is granted instead of the requested one. */
  grantScope: string | undefined;
  /** Answers every authorize request with this error. */
  authorizeError:
    | { readonly error: string; readonly description?: string; readonly withState: boolean }
    | undefined;
  /** Wrong `iss` for the authorization response (RFC 9207), or null to leave it out. */
  responseIssuer: string | null | undefined;
  advertiseS256: boolean;
  pkceRequired: boolean;
  /** Changes `.well-known/smart-configuration`, for hostile or foreign endpoints. */
  metadata: ((metadata: Record<string, unknown>) => unknown) | undefined;
  /** Response of the token endpoint instead of a token; `drop` closes the connection. */
  tokenFailure:
    | { readonly status: number; readonly body: unknown; readonly contentType?: string }
    | 'drop'
    | undefined;
  /** Milliseconds before the token endpoint answers. */
  tokenDelay: number;
  refresh: 'rotate' | 'keep' | 'refuse';
  /** Changes the claims of the id_token before it is signed. */
  idToken: ((claims: Record<string, unknown>) => Record<string, unknown>) | undefined;
  /** Signs the id_token with a key that is not published. */
  foreignKey: boolean;
  /** Whether the published keys can be fetched. */
  keysReachable: boolean;
  /** Changes the token response. */
  mutate: ((response: Record<string, unknown>) => unknown) | undefined;
  /** Behaves like the AadSmartOnFhirProxy of Microsoft's open-source FHIR server. */
  legacyProxy: boolean;
}

const defaults = (): EhrControl => ({
  tokenLifetime: 3600,
  tokenFormat: 'jwt',
  expiresIn: 'number',
  booleansAsStrings: false,
  omit: [],
  grantScope: undefined,
  authorizeError: undefined,
  responseIssuer: undefined,
  advertiseS256: true,
  pkceRequired: true,
  metadata: undefined,
  tokenFailure: undefined,
  tokenDelay: 0,
  refresh: 'rotate',
  idToken: undefined,
  foreignKey: false,
  keysReachable: true,
  mutate: undefined,
  legacyProxy: false,
});

export const ehrControl = (): Control<EhrControl> => makeControl(defaults);
