import type { IssuerConfig } from '#config/schema.ts';

/** Maximum length of `iss`, longer than any FHIR base URL. */
const LONGEST = 2048;

/**
 * Returns the configured issuer of a launch. Compares the exact text except for trailing slashes,
 * without parsing, decoding or case folding, so that no crafted URL matches.
 *
 * @param iss the `iss` parameter as the EHR sent it
 */
export function findIssuer(
  iss: string,
  issuers: readonly IssuerConfig[],
): IssuerConfig | undefined {
  if (iss.length > LONGEST) return undefined;
  return issuers.find((i) => i.iss === iss.replace(/\/+$/, ''));
}
