import { records, text } from '#lib/narrow.ts';

/**
 * Labels that restrict access: restricted and very restricted (v3-Confidentiality, also under its
 * STU3 and CDA names), and sensitive information such as psychiatry, HIV or a celebrity as the
 * patient (v3-ActCode, InformationSensitivityPolicy).
 *
 * @see https://terminology.hl7.org/ValueSet-v3-InformationSensitivityPolicy.html
 */
const RESTRICTED =
  /(?:Confidentiality|5\.25|^)\|[RV]$|ActCode\|(?:BH|CEL|COGN|DVD|EMOTDIS|EMP|ETH|ETHUD|GDIS|HIV|MH|MST|OPIOIDUD|PDS|PHY|PREGNANT|PRS|PSY|PSYTHPN|SCA|SDV|SEX|SPI|STD|SUD|TBOO|VIO|VIP)$/;

/** Whether any of the security labels restricts access. False is not a permission to disclose. */
export const isRestricted = (labels: unknown): boolean =>
  records(labels).some(({ system, code }) =>
    RESTRICTED.test(`${text(system) ?? ''}|${text(code)}`),
  );
