import { record, text } from '#lib/narrow.ts';

/** A reference to a Patient, relative or absolute: behind a proxy the server may go by another name. */
const PATIENT = /(?:^|\/)Patient\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]*)?$/;

/**
 * False for what says that it belongs to another patient. A server that ignores the search
 * parameter sends everybody's records.
 */
export function isOfPatient(resource: unknown, id: string): boolean {
  const r = record(resource);
  const reference = text(record(r['subject'] ?? r['patient'])['reference']);
  const named = reference === undefined ? undefined : PATIENT.exec(reference)?.[1];
  return named === undefined || named === id;
}
