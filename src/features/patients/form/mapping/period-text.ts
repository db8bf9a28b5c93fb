import { formatDate } from '#fhir/dates/dates.ts';
import { record } from '#lib/narrow.ts';

/** Returns the dates of a Period as the form shows them; an unparsable date stays unchanged. */
export function periodText(period: unknown): { start: string; end: string } {
  const p = record(period);
  const shown = (value: unknown): string =>
    typeof value === 'string' ? (formatDate(value.slice(0, 10)) ?? value) : '';
  return { start: shown(p['start']), end: shown(p['end']) };
}
