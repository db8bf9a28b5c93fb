import { createHash } from 'node:crypto';
import { decodeJwt, type JWTPayload } from 'jose';
import type { EhrControl } from './ehr-control.ts';
import type { LaunchContext, SmartGrant } from '../launch-context.ts';
import { makeSigningKey, type SigningKey } from '../signing-key.ts';

export interface EhrIdentity {
  /** Issuer of the authorization server. */
  readonly issuer: string;
  readonly clientId: string;
  /** The FHIR base, without trailing slash: `iss` of a launch, `aud` of a request. */
  readonly fhirBase: string;
  readonly key: SigningKey;
  readonly control: EhrControl;
  /** Claims of each opaque token that was issued. */
  readonly opaque: Map<string, JWTPayload>;
}

/** Returns the `sub` of a user: as with most EHRs, an id that does not reveal the FHIR user. */
const subjectOf = ({ fhirUser }: SmartGrant): string =>
  createHash('sha256').update(fhirUser).digest('base64url');

/** Returns the claims of an access token. */
export function accessClaims(id: EhrIdentity, grant: SmartGrant): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  const patient = grant.context.patient;
  return {
    iss: id.issuer,
    aud: id.fhirBase,
    sub: subjectOf(grant),
    client_id: id.clientId,
    iat: now,
    nbf: now,
    exp: now + id.control.tokenLifetime,
    jti: crypto.randomUUID(),
    scope: grantedScope(id.control, grant).join(' '),
    fhirUser: `${id.fhirBase}/${grant.fhirUser}`,
    ...(patient && { patient }),
  };
}

export async function makeAccessToken(id: EhrIdentity, grant: SmartGrant): Promise<string> {
  const claims = accessClaims(id, grant);
  if (id.control.tokenFormat === 'jwt') return id.key.sign(claims, 'at+jwt');
  const token = `opaque-${crypto.randomUUID()}`;
  id.opaque.set(token, claims);
  return token;
}

const grantedScope = (control: EhrControl, grant: SmartGrant): readonly string[] =>
  control.grantScope?.split(' ') ?? grant.scope;

/** Turns oidc-provider's token response into a SMART one. */
export async function smartTokenResponse(
  id: EhrIdentity,
  grant: SmartGrant,
  response: Record<string, unknown>,
): Promise<unknown> {
  const { control } = id;
  const scope = grantedScope(control, grant);
  const answer: Record<string, unknown> = {
    access_token: await makeAccessToken(id, grant),
    token_type: 'Bearer',
    ...expiry(control),
    scope: scope.join(' '),
    ...contextFields(control, grant.context),
  };
  if (scope.includes('fhirUser')) answer.fhirUser = grant.fhirUser;
  if (scope.includes('openid') && typeof response.id_token === 'string') {
    answer.id_token = await smartIdToken(id, grant, response.id_token);
  }
  if (scope.includes('offline_access') || scope.includes('online_access')) {
    answer.refresh_token = response.refresh_token;
  }
  for (const field of control.omit) delete answer[field];
  return control.mutate ? control.mutate(answer) : answer;
}

function expiry({ expiresIn, tokenLifetime }: EhrControl): Record<string, unknown> {
  if (expiresIn === 'absent') return {};
  if (expiresIn === 'string') return { expires_in: String(tokenLifetime) };
  return { expires_in: expiresIn === 'number' ? tokenLifetime : expiresIn.value };
}

function contextFields(control: EhrControl, context: LaunchContext): Record<string, unknown> {
  const { need_patient_banner: banner, ...rest } = context;
  if (banner === undefined) return rest;
  return { ...rest, need_patient_banner: control.booleansAsStrings ? String(banner) : banner };
}

async function smartIdToken(id: EhrIdentity, grant: SmartGrant, token: string): Promise<string> {
  const { at_hash: _hashOfAnotherToken, ...claims } = decodeJwt(token);
  const fhirUser = `${id.fhirBase}/${grant.fhirUser}`;
  const all = {
    ...claims,
    sub: subjectOf(grant),
    name: grant.userName,
    ...(grant.scope.includes('fhirUser') && { fhirUser, profile: fhirUser }),
  };
  const key = id.control.foreignKey ? await makeSigningKey() : id.key;
  return key.sign(id.control.idToken ? id.control.idToken(all) : all);
}
