import type { ServerConfig } from '#config/schema.ts';
import { texts } from '#lib/narrow.ts';
import type { TokenReport } from '#session/session.ts';
import type { Judgement, T } from '../../check.ts';
import { usesAzureRoles } from './tenant.ts';

const plain = (url: string): string => url.replace(/\/+$/, '').toLowerCase();

/**
 * Matches `<resource>/<permission>`, from which Entra ID derives the audience. The resource is a
 * URL or a GUID; a SMART scope such as `user/Patient.read` contains none.
 */
const RESOURCE = /^((?:\w+:\/\/|[0-9a-f]{8}-).*[^/:]\/?)\/[^/]+$/i;
const NUMBER = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** Returns the audience of the configured scopes, or else the URL of the FHIR service. */
function expectedAudience({ auth, fhirBaseUrl }: ServerConfig): string {
  const scopes = auth.type === 'entra' ? (auth.scopes ?? []) : [];
  return scopes.map((s) => RESOURCE.exec(s)?.[1]).find((r) => r !== undefined) ?? fhirBaseUrl;
}

/**
 * Returns the problem of a token for another audience. The required audience is known for Entra ID
 * only; other servers define their own.
 */
export function audienceProblem(
  t: T,
  server: ServerConfig,
  { format, claims = {} }: TokenReport,
): Judgement | undefined {
  const audiences = typeof claims['aud'] === 'string' ? [claims['aud']] : texts(claims['aud']);
  if (format !== 'jwt' || audiences.length === 0) return undefined;
  const { auth, fhirBaseUrl } = server;
  const expected = expectedAudience(server);
  // A version 2 token names the API by its GUID, which the API's URI may not contain.
  const numbered = claims['ver'] === '2.0' && audiences.every((a) => NUMBER.test(a));
  const number = numbered ? NUMBER.exec(expected)?.[0] : undefined;
  const fits = [expected, fhirBaseUrl, number ?? expected];
  // SMART servers may use their origin as audience.
  if (auth.type !== 'entra') fits.push(new URL(fhirBaseUrl).origin);
  if (audiences.some((a) => fits.map(plain).includes(plain(a)))) return undefined;
  const came = t('tokenAud', { aud: audiences.join(', ') });
  const known = auth.type === 'entra' && usesAzureRoles(server);
  if (known && !(numbered && number === undefined)) {
    return {
      verdict: 'bad',
      came,
      means: t('tokenAudMeans', { expected }),
      mend: t('tokenAudMend', { expected }),
      explains: ['trouble401'],
    };
  }
  const entra = usesAzureRoles(server);
  return {
    verdict: entra ? 'attention' : 'info',
    came,
    means: t('tokenAudUnsureMeans', { expected }),
    mend: t('tokenAudUnsureMend'),
    ...(entra && { explains: ['trouble401'] }),
  };
}
