const dayMs = 86_400_000;

/** The day that generated data treat as today, so that they do not depend on the clock. */
export const defaultNow = '2026-11-01';

/** Returns the FHIR date `days` after (or before) a full FHIR date. Calculates in UTC. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date.slice(0, 10)}T00:00:00Z`) + days * dayMs)
    .toISOString()
    .slice(0, 10);
}

/** Returns the same day `years` later or earlier; 29 February may become 1 March. */
export function addYears(date: string, years: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(Date.UTC(year + years, month - 1, day)).toISOString().slice(0, 10);
}

/** Returns the whole days from one full FHIR date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

/** Returns the age in whole years on a day. */
export function ageOn(birthDate: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return on.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** Returns a FHIR dateTime in UTC with its zone, precise to the minute. */
export function atTime(date: string, hour: number, minute = 0): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${date}T${two(hour)}:${two(minute)}:00Z`;
}

/** Returns a FHIR instant, the type of `meta.lastUpdated`. */
export function instant(date: string, hour = 12, minute = 0): string {
  return atTime(date, hour, minute).replace('Z', '.000Z');
}
