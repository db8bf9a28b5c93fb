import { records, text } from '#lib/narrow.ts';

/**
 * Restricted or very restricted (v3-Confidentiality, also under its names of STU3 and CDA), or of a
 * kind that policies protect, such as psychiatry, HIV, or that the patient is known to the public
 * (v3-ActCode, InformationSensitivityPolicy).
 *
 * @see https://terminology.hl7.org/ValueSet-v3-InformationSensitivityPolicy.html
 */
const RESTRICTED =
  /(?:Confidentiality|5\.25|^)\|[RV]$|ActCode\|(?:BH|CEL|COGN|DVD|EMOTDIS|EMP|ETH|ETHUD|GDIS|HIV|MH|MST|OPIOIDUD|PDS|PHY|PREGNANT|PRS|PSY|PSYTHPN|SCA|SDV|SEX|SPI|STD|SUD|TBOO|VIO|VIP)$/;

/** Whether one of some labels restricts who may know. That none does is no permission. */
export const isRestricted = (labels: unknown): boolean =>
  records(labels).some(({ system, code }) =>
    RESTRICTED.test(`${text(system) ?? ''}|${text(code)}`),
  );
