import { isId } from '#lib/id.ts';
import { isRecord, type Json } from '#lib/narrow.ts';
import { LaunchError } from '../../errors.ts';
import { decodeJwt, expiryOf, textIn } from '../../jwt.ts';

/** RFC 6749, appendix A.12: visible characters. Others could break out of the header. */
const TOKEN = /^[\x21-\x7e]{1,65536}$/;

/** Maximum lifetime, longer than that of any access token; also limits absurd numbers. */
const MOST_SECONDS = 86_400;

/** A token response, normalised from the variants that servers send. */
export interface TokenResponse {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  readonly idToken: string | undefined;
  /** Milliseconds since the epoch; undefined if the token's lifetime is unknown. */
  readonly expiresAt: number | undefined;
  /** Scope as sent; undefined if omitted. */
  readonly scope: string | undefined;
  readonly patient: string | undefined;
  readonly encounter: string | undefined;
  readonly practitioner: string | undefined;
  readonly fhirUser: string | undefined;
  readonly needPatientBanner: boolean;
  readonly styleUrl: string | undefined;
  readonly intent: string | undefined;
  readonly raw: Json;
}

/** Returns a valid FHIR id. Some servers send a number. */
function fhirId(value: unknown): string | undefined {
  const id = typeof value === 'number' ? String(value) : value;
  return isId(id) ? id : undefined;
}

/**
 * Returns the expiry of a token in milliseconds since the epoch. The Azure proxy sends `expires_in`
 * as a string.
 */
function expiry(expiresIn: unknown, accessToken: string, now: number): number | undefined {
  const seconds = typeof expiresIn === 'string' ? Number(expiresIn) : expiresIn;
  if (typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0) {
    return now + Math.min(seconds, MOST_SECONDS) * 1000;
  }
  const own = expiryOf(decodeJwt(accessToken)?.claims);
  return own !== undefined && own > now ? Math.min(own, now + MOST_SECONDS * 1000) : undefined;
}

/**
 * Reads a token response (RFC 6749, section 5.1; SMART App Launch 2.2, "Obtain access token").
 *
 * @param now milliseconds since the epoch
 * @throws {LaunchError} `token-response` if it has no usable bearer token
 */
export function readTokenResponse(raw: unknown, now = Date.now()): TokenResponse {
  if (!isRecord(raw)) {
    throw new LaunchError('token-response', 'The token response is not a JSON object');
  }
  const accessToken = textIn(raw, 'access_token');
  if (!accessToken || !TOKEN.test(accessToken)) {
    throw new LaunchError('token-response', 'The token response has no access token', {
      code: textIn(raw, 'error')?.slice(0, 60),
      detail: textIn(raw, 'error_description')?.slice(0, 300),
    });
  }
  const type = raw['token_type'] ?? 'Bearer';
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer') {
    throw new LaunchError('token-response', 'The token is not a bearer token', {
      detail: JSON.stringify(type).slice(0, 60),
    });
  }
  const banner = raw['need_patient_banner'];
  return {
    accessToken,
    refreshToken: textIn(raw, 'refresh_token'),
    idToken: textIn(raw, 'id_token'),
    expiresAt: expiry(raw['expires_in'], accessToken, now),
    scope: textIn(raw, 'scope'),
    patient: fhirId(raw['patient']),
    encounter: fhirId(raw['encounter']),
    practitioner: fhirId(raw['practitioner']),
    fhirUser: textIn(raw, 'fhirUser'),
    // Missing or unreadable means true, the safe default.
    needPatientBanner: banner !== false && banner !== 'false',
    styleUrl: textIn(raw, 'smart_style_url'),
    intent: textIn(raw, 'intent')?.slice(0, 200),
    raw,
  };
}
