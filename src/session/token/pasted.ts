import { isRecord } from '#lib/narrow.ts';
import { TokenInputError } from '../errors.ts';
import { decodeJwt, expiryOf } from '../jwt.ts';

/** Maximum length, longer than any token in use. */
const LONGEST = 32_768;

/**
 * RFC 6750, section 2.1: `b64token`. Other characters are not allowed in an Authorization header.
 */
const B64TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;

/**
 * Removes the wrapping of a pasted token. `az account get-access-token` prints JSON with the token
 * in `accessToken`.
 */
function unwrap(text: string): string {
  if (text.startsWith('{')) {
    try {
      const value: unknown = JSON.parse(text);
      if (isRecord(value)) {
        for (const name of ['accessToken', 'access_token']) {
          const token = value[name];
          if (typeof token === 'string') return token;
        }
      }
    } catch {
      return text;
    }
  }
  return text.replace(/^["']|["']$/g, '').replace(/^Bearer\s+/i, '');
}

/**
 * Reads a pasted access token: the bare token, `Bearer ...`, a quoted string or the JSON of the
 * Azure command line.
 *
 * @param now milliseconds since the epoch
 * @throws {TokenInputError}
 */
export function readPasted(text: string, now = Date.now()): string {
  const token = unwrap(text.trim()).trim();
  if (token === '') throw new TokenInputError('empty');
  if (token.length > LONGEST || !B64TOKEN.test(token)) throw new TokenInputError('shape');
  const expiresAt = expiryOf(decodeJwt(token)?.claims);
  if (expiresAt !== undefined && expiresAt <= now) throw new TokenInputError('expired');
  return token;
}
