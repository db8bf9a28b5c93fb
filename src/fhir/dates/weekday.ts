import { kept } from '#i18n/format.ts';
import { locale } from '#lib/settings.ts';

/** https://hl7.org/fhir/R4/valueset-days-of-week.html */
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** The name of a day of the week; undefined for what is no code of one. */
export function weekday(code: unknown): string | undefined {
  const n = DAYS.findIndex((day) => day === code);
  if (n < 0) return undefined;
  const language = locale();
  const write = (): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  // The first of January 2024 was a Monday.
  return kept(`weekday ${language}`, write).format(Date.UTC(2024, 0, 1 + n));
}
