import { localReference, type LocalReference } from '#fhir/reference.ts';
import { record, text } from '#lib/narrow.ts';

/** A reference to a Patient, relative or absolute: behind a proxy the server may go by another name. */
const PATIENT = /^(?:(.*)\/)?Patient\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]*)?$/s;

/** Whose a resource says that it is, and the base that it was written under, if any. */
function ofWhom(resource: unknown): { base: string | undefined; id: string } | undefined {
  const r = record(resource);
  const m = PATIENT.exec(text(record(r['subject'] ?? r['patient'])['reference']) ?? '');
  return m?.[2] === undefined ? undefined : { base: m[1], id: m[2] };
}

/**
 * False for what says that it belongs to another patient. A server that ignores the search
 * parameter sends everybody's records.
 */
export function isOfPatient(resource: unknown, id: string): boolean {
  const named = ofWhom(resource);
  return named === undefined || named.id === id;
}

/** Whether a resource names this very patient, under whichever name the server goes by in it. */
export const namesPatient = (resource: unknown, id: string): boolean => ofWhom(resource)?.id === id;

/**
 * A reference that a patient's record makes to a resource on this server, under whichever name the
 * server goes by in that record. A name that the record does not use for its own patient is another
 * server's: the same id means something else there.
 */
export function referenceOf(
  resource: unknown,
  reference: unknown,
  baseUrl: string,
): LocalReference | undefined {
  return localReference(reference, baseUrl) ?? localReference(reference, ofWhom(resource)?.base);
}
