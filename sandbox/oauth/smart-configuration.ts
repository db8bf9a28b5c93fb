import type { EhrIdentity } from './ehr/ehr-tokens.ts';

/**
 * Returns the `.well-known/smart-configuration` of the FHIR server.
 * https://hl7.org/fhir/smart-app-launch/conformance.html
 */
export function smartConfiguration({ issuer, control }: EhrIdentity): unknown {
  const base = control.legacyProxy ? `${issuer}/AadSmartOnFhirProxy` : `${issuer}/auth`;
  const metadata: Record<string, unknown> = {
    issuer,
    jwks_uri: `${issuer}/auth/jwks`,
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/token`,
    revocation_endpoint: `${issuer}/auth/revoke`,
    grant_types_supported: ['authorization_code'],
    token_endpoint_auth_methods_supported: ['none'],
    response_types_supported: ['code'],
    // Microsoft's proxy forwards only code and state, so no `iss`.
    ...(!control.legacyProxy && { authorization_response_iss_parameter_supported: true }),
    scopes_supported: [
      'openid',
      'profile',
      'fhirUser',
      'launch',
      'launch/patient',
      'launch/encounter',
      'online_access',
      'offline_access',
      'patient/*.rs',
      'user/*.cruds',
      'patient/*.read',
      'user/*.read',
      'user/*.write',
    ],
    capabilities: [
      'launch-ehr',
      'launch-standalone',
      'client-public',
      'sso-openid-connect',
      'context-banner',
      'context-style',
      'context-ehr-patient',
      'context-ehr-encounter',
      'context-standalone-patient',
      'permission-offline',
      'permission-online',
      'permission-patient',
      'permission-user',
      'permission-v1',
      'permission-v2',
    ],
    ...(control.advertiseS256 && { code_challenge_methods_supported: ['S256'] }),
  };
  return control.metadata ? control.metadata(metadata) : metadata;
}

/** The small style document that `smart_style_url` points to. */
export const SMART_STYLE = {
  color_background: '#edeae3',
  color_error: '#9e2d2d',
  color_highlight: '#69b5ce',
  color_modal_backdrop: '',
  color_success: '#498e49',
  color_text: '#303030',
  dim_border_radius: '6px',
  dim_font_size: '16px',
  dim_spacing_size: '20px',
  font_family_body: "Georgia, Times, 'Times New Roman', serif",
  font_family_heading: "'HelveticaNeue-Light', Helvetica, Arial, sans-serif",
} as const;
