import { makeControl, type Control } from '../entra/entra-control.ts';

/** What a test can make the sandbox's EHR do. Every field may be changed at any time. */
export interface EhrControl {
  /** Access token lifetime in seconds. */
  tokenLifetime: number;
  /** `opaque` tokens say nothing to whoever reads them; the FHIR server asks the EHR about them. */
  tokenFormat: 'jwt' | 'opaque';
  /** `expires_in` in the token response: as it should be, as a string, left out, or this value. */
  expiresIn: 'number' | 'string' | 'absent' | { readonly value: unknown };
  /** `need_patient_banner` as "true" or "false", as some servers send it. */
  booleansAsStrings: boolean;
  /** Fields left out of the token response, such as `patient`, `id_token`, `scope`. */
  omit: readonly string[];
  /** Grants this scope text in place of what was asked. */
  grantScope: string | undefined;
  /** Answers every authorize request with this error. */
  authorizeError:
    | { readonly error: string; readonly description?: string; readonly withState: boolean }
    | undefined;
  /** The `iss` of the authorization response (RFC 9207): another one, or null for none. */
  responseIssuer: string | null | undefined;
  advertiseS256: boolean;
  pkceRequired: boolean;
  /** Changes `.well-known/smart-configuration`, for hostile or foreign endpoints. */
  metadata: ((metadata: Record<string, unknown>) => unknown) | undefined;
  /** Answers the token endpoint with this in place of a token, or drops the connection. */
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
