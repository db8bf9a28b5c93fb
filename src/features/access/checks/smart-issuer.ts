import type { SmartAuth } from '#config/schema.ts';
import { text } from '#lib/narrow.ts';
import type { CheckEnv, Finding } from '../check.ts';
import { jsonObject, probe } from '../probe.ts';

/** Returns the origins that are configured for a SMART server. */
export const listed = (base: string, auth: SmartAuth): readonly string[] =>
  [base, ...auth.endpointOrigins].map((url) => new URL(url).origin);

/**
 * Checks whether the declared issuer of a SMART server uses the same name itself (OpenID Connect
 * Discovery 1.0, 4.3). The app compares it exactly with the `iss` of responses (RFC 9207) and of
 * id_tokens.
 */
export async function smartIssuer(
  { t, server, signal }: CheckEnv,
  auth: SmartAuth,
  declared: string | undefined,
): Promise<Partial<Finding>> {
  if (!server || declared === undefined || !URL.canParse(declared)) return {};
  const { origin } = new URL(declared);
  if (!listed(server.fhirBaseUrl, auth).includes(origin)) {
    return {
      verdict: 'attention',
      came: t('providerIssuerElsewhere', { origin }),
      means: t('providerIssuerElsewhereMeans'),
      mend: t('providerIssuerElsewhereMend', { origin }),
    };
  }
  const url = `${declared.replace(/\/+$/, '')}/.well-known/openid-configuration`;
  const result = await probe(url, signal, { headers: { accept: 'application/json' } });
  const json = result.answered ? await jsonObject(result.response) : undefined;
  const actual = text(json?.['issuer']);
  // Not every SMART server has this document, so its absence means nothing.
  if (actual === undefined || actual === declared) return {};
  return {
    verdict: 'bad',
    came: t('providerIssuerDiffers', { declared, actual }),
    means: t('providerIssuerDiffersMeans'),
    mend: t('providerIssuerDiffersMend'),
  };
}
