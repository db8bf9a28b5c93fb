import type { Patient } from 'fhir/r4';
import { addDays, addYears, instant } from './calendar.ts';

/** Returns two earlier versions of each of the first five patients, so that they have a history. */
export function earlierVersions(patients: readonly Patient[]): Patient[] {
  return patients.slice(0, 5).flatMap((patient) => {
    const day = patient.meta?.lastUpdated?.slice(0, 10) ?? '2020-01-01';
    const { telecom: _, maritalStatus: __, ...base } = patient;
    const { address: ___, ...first } = base;
    return [
      {
        ...first,
        // A typing error at registration, corrected in the next version.
        birthDate: addYears(patient.birthDate ?? day, -1),
        meta: { lastUpdated: instant(addDays(day, -700), 9) },
      },
      {
        ...base,
        telecom: [{ system: 'phone' as const, value: '+44 1632 960000', use: 'home' as const }],
        meta: { lastUpdated: instant(addDays(day, -90), 14) },
      },
    ];
  });
}
