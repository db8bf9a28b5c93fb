/** One clinical scope: `user/Patient.rs`, `patient/*.read`, with v2's optional query. */
const CLINICAL = /^(patient|user|system)\/([A-Za-z]+|\*)\.(read|write|\*|c?r?u?d?s?)(\?.*)?$/;

const TO_V1: Readonly<Record<string, string>> = { read: 'read', write: 'write', '*': '*' };
const TO_V2: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' };

/** The v1 word that covers v2's letters with the least excess. */
function v1Access(letters: string): string {
  const reads = /[rs]/.test(letters);
  const writes = /[cud]/.test(letters);
  return reads && writes ? '*' : writes ? 'write' : 'read';
}

function translate(scope: string, version: 1 | 2): string {
  const match = CLINICAL.exec(scope);
  if (!match) return scope;
  const [, context, type, access = '', query = ''] = match;
  if (version === 2) return `${context}/${type}.${TO_V2[access] ?? access}${query}`;
  return `${context}/${type}.${TO_V1[access] ?? v1Access(access)}`;
}

/**
 * The scopes to ask for: what the site configured, in the syntax that the server declares (SMART
 * App Launch 2.2, "Scopes and Launch Context"). Servers refuse a mixture of v1 and v2.
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
