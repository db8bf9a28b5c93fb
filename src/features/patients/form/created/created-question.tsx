import type { useNavigate } from '@tanstack/react-router';
import type { FhirClient } from '#fhir/client/client.ts';
import { findCreated } from '../duplicates/find-created.ts';
import type { Found } from '../duplicates/find-duplicates.ts';
import type { SaveResult } from '../save/save-types.ts';
import type { PendingSave } from '../save/pending-save.ts';
import { CreatedDialog } from './created-dialog.tsx';

interface Tools {
  readonly client: FhirClient;
  readonly navigate: ReturnType<typeof useNavigate>;
  /** Aborted when the user leaves the form. */
  readonly signal: AbortSignal;
}

/** Searches for the created record and asks the user which of the found records it is. */
export async function createdQuestion(
  sent: PendingSave,
  { client, navigate, signal }: Tools,
): Promise<SaveResult> {
  const look = (): Promise<Found> => findCreated(client, sent.patient, sent.seen, signal);
  const found = await look();
  return {
    ask: (asked) => (
      <CreatedDialog
        {...{ sent, found, look }}
        onOpen={(id) => {
          asked.release(); // the opened record holds the typed values: drop the draft
          void navigate({ to: '/patients/$id', params: { id }, replace: true });
        }}
        onList={() => {
          asked.release();
          void navigate({ to: '/patients' });
        }}
        onClose={asked.close}
      />
    ),
  };
}
