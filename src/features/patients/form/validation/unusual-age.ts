import { today } from '#fhir/dates/dates.ts';
import { splitDate, yearsSince } from '../fields/date-parts.ts';

/** Above this age in years, the user must confirm the birth date. */
const VERY_OLD = 110;

/** Returns the age in years for a birth date if it is unusually high. */
export function unusualAge(birthDate: string | undefined): number | undefined {
  const years = yearsSince(splitDate(birthDate), today());
  return years !== undefined && years > VERY_OLD ? years : undefined;
}
