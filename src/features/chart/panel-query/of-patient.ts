import { localReference, type LocalReference } from '#fhir/reference.ts';
import { record, text } from '#lib/narrow.ts';

/**
 * Matches a relative or absolute reference to a Patient. Behind a proxy the server may write a base
 * URL other than ours.
 */
const PATIENT = /^(?:(.*)\/)?Patient\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]*)?$/s;

/** Returns the patient id that a resource names, and the base URL of that reference, if any. */
function ofWhom(resource: unknown): { base: string | undefined; id: string } | undefined {
  const r = record(resource);
  const m = PATIENT.exec(text(record(r['subject'] ?? r['patient'])['reference']) ?? '');
  return m?.[2] === undefined ? undefined : { base: m[1], id: m[2] };
}

/**
 * False for a resource that names another patient. A server that ignores the search parameter sends
 * the records of all patients.
 */
export function isOfPatient(resource: unknown, id: string): boolean {
  const named = ofWhom(resource);
  return named === undefined || named.id === id;
}

/** Whether a resource names this patient, under whichever base URL the server writes in it. */
export const namesPatient = (resource: unknown, id: string): boolean => ofWhom(resource)?.id === id;

/**
 * Resolves a reference in a patient's record to a resource on this server, under whichever base URL
 * the server writes in that record. A base URL that the record does not use for its own patient
 * belongs to another server, where the same id means another resource.
 */
export function referenceOf(
  resource: unknown,
  reference: unknown,
  baseUrl?: string,
): LocalReference | undefined {
  return localReference(reference, baseUrl) ?? localReference(reference, ofWhom(resource)?.base);
}
