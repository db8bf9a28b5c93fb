import { record } from '#lib/narrow.ts';

/**
 * Whether a narrative was generated from the data alone, so that it is outdated when the data
 * change. The status `extensions` means generated from the data including extensions.
 * https://hl7.org/fhir/R4/valueset-narrative-status.html
 */
export function isGenerated(narrative: unknown): boolean {
  const { status } = record(narrative);
  return status === 'generated' || status === 'extensions';
}
