import {
  createLocalJWKSet,
  createRemoteJWKSet,
  jwtVerify,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import type { Access, FhirRole, TokenVerifier } from './access.ts';

export interface JwtVerifierOptions {
  /** A key set, its address, or a function that finds the key. */
  jwks: JSONWebKeySet | URL | JWTVerifyGetKey;
  issuer: string | string[];
  /** Required value of `aud`, usually the FHIR base address. */
  audience: string | string[];
  /** Reads roles, scopes and patient from the claims; `claimsToAccess` by default. */
  access?: (claims: JWTPayload) => Access | undefined;
}

/**
 * Returns a verifier that checks signature, issuer, audience and times of a JSON Web Token (RFC
 * 7519). It returns undefined for any failure, because the caller answers 401 without a reason.
 */
export function jwtVerifier(o: JwtVerifierOptions): TokenVerifier {
  const keys =
    typeof o.jwks === 'function'
      ? o.jwks
      : o.jwks instanceof URL
        ? createRemoteJWKSet(o.jwks)
        : createLocalJWKSet(o.jwks);
  const access = o.access ?? claimsToAccess;
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: o.issuer,
        audience: o.audience,
        requiredClaims: ['exp'],
      });
      return access(payload);
    } catch {
      return undefined;
    }
  };
}

/** Reads Entra's claims `roles` and `scp`, and SMART's `scope` and `patient`. */
export function claimsToAccess(claims: JWTPayload): Access {
  const text = [claims['scope'], claims['scp']].find((value) => typeof value === 'string');
  const { roles, patient } = claims;
  return {
    subject: typeof claims['oid'] === 'string' ? claims['oid'] : (claims.sub ?? ''),
    ...(text === undefined ? {} : { scopes: text.split(' ') }),
    ...(Array.isArray(roles) ? { roles: roles as FhirRole[] } : {}),
    ...(typeof patient === 'string' ? { patient } : {}),
  };
}

/** Returns a verifier that accepts a token when one of several verifiers (issuers) accepts it. */
export function anyOf(...verifiers: TokenVerifier[]): TokenVerifier {
  return async (token) => {
    for (const verify of verifiers) {
      const access = await verify(token);
      if (access) return access;
    }
    return undefined;
  };
}
