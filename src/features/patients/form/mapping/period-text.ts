import { formatDate } from '#fhir/dates/dates.ts';
import { record } from '#lib/narrow.ts';

/** The dates of a Period in words; a date that cannot be parsed is shown as it is. */
export function periodText(period: unknown): { start: string; end: string } {
  const p = record(period);
  const shown = (value: unknown): string =>
    typeof value === 'string' ? (formatDate(value.slice(0, 10)) ?? value) : '';
  return { start: shown(p['start']), end: shown(p['end']) };
}
