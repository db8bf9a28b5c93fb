import { today } from '#fhir/dates/dates.ts';
import { splitDate, yearsSince } from '../fields/date-parts.ts';

/** Above this age in years, the birth date must be confirmed. */
const VERY_OLD = 110;

/** The age in years for a birth date, if it is unusual. */
export function unusualAge(birthDate: string | undefined): number | undefined {
  const years = yearsSince(splitDate(birthDate), today());
  return years !== undefined && years > VERY_OLD ? years : undefined;
}
