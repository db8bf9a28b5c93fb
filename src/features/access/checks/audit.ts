import type { Check } from '../check.ts';

/** Patterns typical of patient data: a date, a long number (also grouped), "Family, Given". */
const LIKELY_PATIENT = [
  /\b\d{4}-\d{2}-\d{2}\b/,
  /\b\d{1,2}[./-](?:\d{1,2}|[a-z]{3})[./-](?:\d{2}|\d{4})\b/i,
  /\d(?:[ -]?\d){6,}/,
  /\b(?:mrn|nhs|dob|patient)\b/i,
  /^\p{L}+,\s*\p{Lu}\p{L}+/u,
];

/** Whether an audit header's value may name a patient. */
export function looksLikePatientData(value: string): boolean {
  return LIKELY_PATIENT.some((pattern) => pattern.test(value));
}

export const audit: Check = {
  id: 'audit',
  title: 'audit',
  applies: ({ server }) => server !== undefined,
  run: async ({ t, server, locale }) => {
    const tested = t('auditTested');
    const headers = Object.entries(server?.requests.auditHeaders ?? {});
    if (headers.length === 0) {
      return { verdict: 'info', tested, came: t('auditNone'), means: t('auditNoneMeans') };
    }
    const facts = headers.map(([name, value]) => ({
      label: `X-MS-AZUREFHIR-AUDIT-${name}`,
      value,
    }));
    const suspect = headers
      .filter(([, value]) => looksLikePatientData(value))
      .map(([name]) => name);
    return suspect.length > 0
      ? {
          verdict: 'bad',
          tested,
          came: t('auditPhi', { names: new Intl.ListFormat(locale).format(suspect) }),
          means: t('auditPhiMeans'),
          mend: t('auditPhiMend'),
          facts,
          personal: true,
        }
      : {
          verdict: 'good',
          tested,
          came: t('auditSome', { count: headers.length }),
          means: t('auditSomeMeans'),
          facts,
        };
  },
};
