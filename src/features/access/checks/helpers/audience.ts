import type { ServerConfig } from '#config/schema.ts';
import { texts } from '#lib/narrow.ts';
import type { TokenReport } from '#session/session.ts';
import type { Finding, T } from '../../check.ts';
import { usesAzureRoles } from './tenant.ts';

const plain = (url: string): string => url.replace(/\/+$/, '').toLowerCase();

/**
 * `<resource>/<permission>`: what Entra ID makes the audience of. The resource is an address or a
 * number; `user/Patient.read` is a scope of SMART and names none.
 */
const RESOURCE = /^((?:\w+:\/\/|[0-9a-f]{8}-).*[^/:]\/?)\/[^/]+$/i;
const NUMBER = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** The audience that the configured scopes ask for, or else the address of the FHIR service. */
function expectedAudience({ auth, fhirBaseUrl }: ServerConfig): string {
  const scopes = auth.type === 'entra' ? (auth.scopes ?? []) : [];
  return scopes.map((s) => RESOURCE.exec(s)?.[1]).find((r) => r !== undefined) ?? fhirBaseUrl;
}

type Problem = Pick<Finding, 'came' | 'means' | 'mend' | 'verdict' | 'explains'>;

/**
 * Whether a token is for this server. Only of Entra ID is it known what the audience must be; what
 * another server takes stands in its own configuration.
 */
export function audienceProblem(
  t: T,
  server: ServerConfig,
  { format, claims = {} }: TokenReport,
): Problem | undefined {
  const audiences = typeof claims['aud'] === 'string' ? [claims['aud']] : texts(claims['aud']);
  if (format !== 'jwt' || audiences.length === 0) return undefined;
  const { auth, fhirBaseUrl } = server;
  const expected = expectedAudience(server);
  // A version 2 token names the API by its number, which its URI need not hold.
  const numbered = claims['ver'] === '2.0' && audiences.every((a) => NUMBER.test(a));
  const number = numbered ? NUMBER.exec(expected)?.[0] : undefined;
  const fits = [expected, fhirBaseUrl, number ?? expected];
  // Servers of SMART may call themselves by their origin.
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
