import { decodeJwt } from 'jose';
import type { EntraControl } from './entra-control.ts';
import type { EntraUser } from './entra-users.ts';
import type { SigningKey } from '../signing-key.ts';

export interface EntraIdentity {
  readonly issuer: string;
  readonly tenant: string;
  readonly clientId: string;
  /** FHIR base address without trailing slash. */
  readonly audience: string;
  readonly key: SigningKey;
  readonly control: EntraControl;
}

/** Returns the claims of an Entra id_token that are not standard. */
export function entraIdClaims(tenant: string, user: EntraUser): Record<string, unknown> {
  return {
    tid: tenant,
    oid: user.id,
    ver: '2.0',
    name: user.name,
    preferred_username: user.login,
  };
}

/**
 * Signs an access token as Entra does for an API.
 * https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 *
 * Azure Health Data Services reads roles from its own role assignments; the `roles` claim of the
 * sandbox replaces them.
 *
 * @param user the signed-in person
 */
export function signAccessToken(id: EntraIdentity, user: EntraUser): Promise<string> {
  const now = Math.floor(Date.now() / 1000) + id.control.clockSkew;
  return id.key.sign({
    aud: id.control.audience ?? id.audience,
    iss: id.issuer,
    iat: now,
    nbf: now,
    exp: now + id.control.tokenLifetime,
    azp: id.clientId,
    sub: user.id,
    ...entraIdClaims(id.tenant, user),
    roles: user.roles,
    scp: 'user_impersonation',
    jti: crypto.randomUUID(),
  });
}

/** Turns oidc-provider's token response into one of Entra. */
export async function entraTokenResponse(
  id: EntraIdentity,
  user: EntraUser,
  response: Record<string, unknown>,
): Promise<unknown> {
  const { control } = id;
  const clientInfo = JSON.stringify({ uid: user.id, utid: id.tenant });
  const answer = {
    ...response,
    access_token: await signAccessToken(id, user),
    expires_in: control.tokenLifetime,
    ext_expires_in: control.tokenLifetime,
    client_info: Buffer.from(clientInfo).toString('base64url'),
    ...(typeof response.id_token === 'string' && {
      id_token: await resignIdToken(id, user, response.id_token),
    }),
  };
  return control.mutate ? control.mutate(answer) : answer;
}

function resignIdToken(
  { key, control }: EntraIdentity,
  user: EntraUser,
  token: string,
): Promise<string> {
  const { at_hash: _hashOfAnotherToken, nonce, ...claims } = decodeJwt(token);
  const kept = {
    ...claims,
    ...(nonce !== undefined && !control.dropNonce && { nonce }),
    // An optional claim: opaque, and the value of `logout_hint` when the user signs out.
    login_hint: `O.${user.login}`,
  };
  return key.sign(control.idToken ? control.idToken(kept) : kept);
}
