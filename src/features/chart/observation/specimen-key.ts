import { specimenText } from '#fhir/values/specimen.ts';
import { record, text, type Json } from '#lib/narrow.ts';

/**
 * Returns a key for the specimen. Specimen numbers differ each time, so the type counts where it is
 * recorded. A specimen that is only a reference may be blood or urine, so it stands for itself.
 */
export function specimenKey(o: Json): string {
  const s = record(o['specimen']);
  const reference = text(s['reference']);
  // The same contained id in two records means two samples.
  const to = reference?.startsWith('#') ? `${text(o['id'])}${reference}` : reference;
  return specimenText(o) ?? to ?? JSON.stringify(s);
}
