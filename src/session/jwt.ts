import { isRecord, type Json } from '#lib/narrow.ts';
import { fromBase64Url } from './base64-url.ts';

export interface DecodedJwt {
  readonly header: Json;
  readonly claims: Json;
}

function part(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(fromBase64Url(text)));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Decodes a JSON Web Token without checking its signature. The result is for display only and must
 * never grant anything. Undefined for an opaque token, which is legal.
 */
export function decodeJwt(token: string): DecodedJwt | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  const header = part(parts[0] ?? '');
  const claims = part(parts[1] ?? '');
  return header && claims ? { header, claims } : undefined;
}

/** Returns the `exp` claim in milliseconds since the epoch. */
export function expiryOf(claims: Json | undefined): number | undefined {
  const exp = claims?.['exp'];
  return typeof exp === 'number' && Number.isFinite(exp) ? exp * 1000 : undefined;
}

/** Returns a field of a JSON object, whole, if it is a string that is not empty. */
export function textIn(object: Json | undefined, name: string): string | undefined {
  const value = object?.[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
