import { today } from '#fhir/dates/dates.ts';
import { splitDate, yearsSince } from '../fields/date-parts.ts';

/** Older than this many years, a birth date is asked about once more. */
const VERY_OLD = 110;

/** The age in years that a birth date makes, where it is unusual. */
export function unusualAge(birthDate: string | undefined): number | undefined {
  const years = yearsSince(splitDate(birthDate), today());
  return years !== undefined && years > VERY_OLD ? years : undefined;
}
