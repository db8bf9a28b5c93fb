/** One clinical scope: `user/Patient.rs`, `patient/*.read`, with v2's optional query. */
const CLINICAL = /^(patient|user|system)\/([A-Za-z]+|\*)\.(read|write|\*|c?r?u?d?s?)(\?.*)?$/;

/** Words that say the same (SMART App Launch 2.2, "Scopes for requesting FHIR Resources"). */
const TO_V1: Readonly<Record<string, string>> = { rs: 'read', cud: 'write', cruds: '*' };
const TO_V2: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' };

/** What the other version cannot say stays as it is: nobody is asked for more than the site wants. */
function translate(scope: string, version: 1 | 2): string {
  const [, context, type, access = '', query = ''] = CLINICAL.exec(scope) ?? [];
  const word = (version === 2 ? TO_V2 : TO_V1)[access];
  return word === undefined || (version === 1 && query)
    ? scope
    : `${context}/${type}.${word}${query}`;
}

/**
 * The scopes to ask for: what the site configured, in the syntax that the server declares (SMART
 * App Launch 2.2, "Scopes and Launch Context"). Servers refuse a mixture of v1 and v2, so it is only
 * asked for where v1 has no word for what the site wants.
 *
 * @param configured space-separated, as in `/config.json`
 * @param capabilities of `.well-known/smart-configuration`
 * @param launched by an EHR: then `launch` is asked for, otherwise never
 */
export function scopesToAsk(
  configured: string,
  capabilities: readonly string[],
  launched: boolean,
): readonly string[] {
  const v1 = capabilities.includes('permission-v1');
  const v2 = capabilities.includes('permission-v2');
  const scopes = configured.split(/\s+/).filter(Boolean);
  if (launched && !scopes.includes('launch')) scopes.unshift('launch');
  const asked = launched ? scopes : scopes.filter((s) => s !== 'launch');
  const translated = v1 === v2 ? asked : asked.map((s) => translate(s, v2 ? 2 : 1));
  return [...new Set(translated)];
}

/** Space-separated scopes as a list; undefined where the server did not say (RFC 6749, 5.1). */
export function grantedScopes(scope: string | undefined): readonly string[] | undefined {
  return scope === undefined ? undefined : scope.split(/\s+/).filter(Boolean);
}
