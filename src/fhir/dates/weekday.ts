import { kept } from '#i18n/format.ts';
import { locale } from '#lib/settings.ts';

/** https://hl7.org/fhir/R4/valueset-days-of-week.html */
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Returns the name of a weekday by its FHIR code; undefined for any other value. */
export function weekday(code: unknown): string | undefined {
  const n = DAYS.findIndex((day) => day === code);
  if (n < 0) return undefined;
  const language = locale();
  const write = (): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  // 1 January 2024 was a Monday.
  return kept(`weekday ${language}`, write).format(Date.UTC(2024, 0, 1 + n));
}
