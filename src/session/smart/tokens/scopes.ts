/** Matches a clinical scope: `user/Patient.rs`, `patient/*.read`, with v2's optional query. */
const CLINICAL = /^(patient|user|system)\/([A-Za-z]+|\*)\.(read|write|\*|c?r?u?d?s?)(\?.*)?$/;

/**
 * Equivalent permissions in v1 and v2 (SMART App Launch 2.2, "Scopes for requesting FHIR
 * Resources").
 */
const TO_V1: Readonly<Record<string, string>> = { rs: 'read', cud: 'write', cruds: '*' };
const TO_V2: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' };

/**
 * Translates a scope. A scope that the other version cannot express stays unchanged, so that the
 * app never requests more than the site configured.
 */
function translate(scope: string, version: 1 | 2): string {
  const [, context, type, access = '', query = ''] = CLINICAL.exec(scope) ?? [];
  const word = (version === 2 ? TO_V2 : TO_V1)[access];
  return word === undefined || (version === 1 && query)
    ? scope
    : `${context}/${type}.${word}${query}`;
}

/**
 * Returns the scopes to request: those that the site configured, in the syntax that the server
 * declares (SMART App Launch 2.2, "Scopes and Launch Context"). Servers refuse a mixture of v1 and
 * v2, so a mixture is requested only if v1 cannot express a configured scope. A server that declares
 * permissions but no version is of SMART 1.0, which did not know `permission-v1`.
 *
 * @param configured space-separated, as in `/config.json`
 * @param capabilities of `.well-known/smart-configuration`
 * @param launched whether an EHR launched the app; only then `launch` is requested
 */
export function scopesToAsk(
  configured: string,
  capabilities: readonly string[],
  launched: boolean,
): readonly string[] {
  const v2 = capabilities.includes('permission-v2');
  const v1 =
    capabilities.includes('permission-v1') ||
    (!v2 && capabilities.some((capability) => capability.startsWith('permission-')));
  const scopes = configured.split(/\s+/).filter(Boolean);
  if (launched && !scopes.includes('launch')) scopes.unshift('launch');
  const asked = launched ? scopes : scopes.filter((s) => s !== 'launch');
  const translated = v1 === v2 ? asked : asked.map((s) => translate(s, v2 ? 2 : 1));
  return [...new Set(translated)];
}

/** Splits space-separated scopes; undefined if the server did not name them (RFC 6749, 5.1). */
export function grantedScopes(scope: string | undefined): readonly string[] | undefined {
  return scope === undefined ? undefined : scope.split(/\s+/).filter(Boolean);
}
