import type { Check, Fact } from '../check.ts';

const yes = (value: unknown): string => (value === undefined ? 'no' : 'yes');

export const context: Check = {
  id: 'context',
  title: 'context',
  applies: ({ session }) => session?.kind === 'smart',
  run: async ({ t, session }) => {
    const tested = t('contextTested');
    const c = session?.context;
    if (!c || Object.keys(c.raw).length === 0) {
      return { verdict: 'info', tested, came: t('contextNone'), means: t('contextNoneMeans') };
    }
    const values: readonly (readonly [string, string | undefined])[] = [
      [t('contextPatient'), c.patient],
      [t('contextEncounter'), c.encounter],
      [t('contextPractitioner'), c.practitioner],
      [t('contextUser'), c.fhirUser],
      [t('contextBanner'), t(c.needPatientBanner ? 'yes' : 'no')],
      [t('contextStyle'), c.styleUrl],
      [t('contextIntent'), c.intent],
    ];
    const facts = values.flatMap(([label, value]): Fact[] => (value ? [{ label, value }] : []));
    return {
      verdict: c.patient ? 'good' : 'info',
      tested,
      came: t('contextCame', {
        patient: yes(c.patient),
        encounter: yes(c.encounter),
        user: yes(c.fhirUser ?? c.practitioner),
      }),
      means: t(c.patient ? 'contextMeans' : 'contextNoPatient'),
      facts,
      json: c.raw,
      personal: true,
    };
  },
};
