import { record } from '#lib/narrow.ts';

/**
 * Whether a narrative was made from the data alone, so that it goes on saying the old thing once
 * the data changed. `extensions`: from the data, extensions included.
 * https://hl7.org/fhir/R4/valueset-narrative-status.html
 */
export function isGenerated(narrative: unknown): boolean {
  const { status } = record(narrative);
  return status === 'generated' || status === 'extensions';
}
