import type { IssuerConfig } from '#config/schema.ts';

/** Longer than any FHIR base address. */
const LONGEST = 2048;

/**
 * Finds the issuer of a launch on the site's list. Only trailing slashes may differ; nothing is
 * parsed, decoded or folded, so that no clever address is anything but unknown.
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
