import type { Patient, Provenance } from 'fhir/r4';
import { removeOnce } from '#data/mutations-lost.ts';
import { isChangedElsewhere } from '#data/update-once.ts';
import type { FhirClient } from '#fhir/client/client.ts';
import type { Versioned } from '#fhir/types.ts';
import type { Attempt } from '#ui/use-attempt.ts';

/** https://terminology.hl7.org/CodeSystem-v3-DataOperation.html */
const OPERATION = 'http://terminology.hl7.org/CodeSystem/v3-DataOperation';

export interface Deletion {
  /** The version that the user saw and confirmed. */
  readonly opened: Versioned<Patient>;
  /** The chosen reason, as text. */
  readonly reason: string;
  readonly who: { readonly display: string; readonly reference?: string };
  /** Whether to try to store the reason in a Provenance. */
  readonly keepReason: boolean;
}

export type Deleted =
  | { readonly state: 'deleted'; readonly reasonKept: boolean }
  /** The record is no longer the version that the user saw: nothing was deleted. */
  | { readonly state: 'changed'; readonly now: Versioned<Patient> };

/**
 * Deletes a patient if it is still the version that the user saw. FHIR R4 has no conditional delete
 * by version, so the record is read once more right before the DELETE.
 *
 * The reason is written to a Provenance afterwards: servers that check references would refuse to
 * delete a record that a Provenance points to.
 */
export async function deletePatient(
  client: FhirClient,
  { opened, reason, who, keepReason }: Deletion,
  { signal, send }: Attempt,
): Promise<Deleted> {
  const { id } = opened.resource;
  const now = await client.read('Patient', id, { signal });
  // Without an ETag from the server, nothing proves that the record is still that version.
  if (!now.etag || !opened.etag || isChangedElsewhere({ read: now, text: '' }, opened.etag)) {
    return { state: 'changed', now };
  }
  return send(async () => {
    await removeOnce(client, id);
    if (!keepReason) return { state: 'deleted', reasonKept: false };
    const version = now.resource.meta?.versionId;
    const provenance: Provenance = {
      resourceType: 'Provenance',
      // Servers differ in whether they find a reference to a version by the resource alone.
      target: [
        ...(version ? [{ reference: `Patient/${id}/_history/${version}` }] : []),
        { reference: `Patient/${id}` },
      ],
      recorded: new Date().toISOString(),
      reason: [{ text: reason }],
      activity: { coding: [{ system: OPERATION, code: 'DELETE' }] },
      agent: [{ who }],
    };
    try {
      await client.create(provenance);
      return { state: 'deleted', reasonKept: true };
    } catch {
      return { state: 'deleted', reasonKept: false }; // the user is told; the deletion stands
    }
  });
}
