import { useQueryClient } from '@tanstack/react-query';
import { useFhir } from '#data/fhir-context.ts';
import { forgetDeleted } from '#data/mutations.ts';
import { Gone } from '#fhir/errors.ts';
import { displayName } from '#fhir/patient/names.ts';
import { localReference } from '#fhir/reference.ts';
import { useMessages } from '#i18n/provider.tsx';
import { useAnnounce } from '#ui/announcer.tsx';
import type { Attempt } from '#ui/use-attempt.ts';
import { deletePatient, type Deleted } from './delete-patient.ts';
import { messages } from './messages.ts';
import type { RecordAction } from './use-record-action.ts';

interface Options {
  /** Whether to try to store the reason in a Provenance. */
  readonly keepReason: boolean;
  /** Called if another user changed the record: nothing was deleted, the user must review it. */
  readonly onChanged: () => void;
  readonly onDone: () => void;
}

/** @returns a function that deletes the opened record, given the reason as text */
export function useDeletion(
  action: RecordAction,
  { keepReason, onChanged, onDone }: Options,
): (reason: string) => void {
  const t = useMessages(messages);
  const fhir = useFhir();
  const { client, session } = fhir;
  const cache = useQueryClient();
  const announce = useAnnounce();
  const { resource } = action.opened;

  const finish = (said: 'deleted' | 'deletedNoReason'): void => {
    announce(t(said, { name: displayName(resource).text ?? t('nameNotKnown') }));
    onDone();
  };

  const work = async (attempt: Attempt, reason: string): Promise<Deleted> => {
    action.fail(undefined);
    const { fhirUser } = session.context;
    const display = session.user?.name ?? t('unknownUser');
    const who =
      localReference(fhirUser) && fhirUser ? { display, reference: fhirUser } : { display };
    const deletion = { opened: action.opened, reason, who, keepReason };
    const result = await deletePatient(client, deletion, attempt);
    // Removed from the cache here, because `done` is not called once the user left the page.
    if (result.state === 'deleted') forgetDeleted(cache, fhir, resource.id);
    return result;
  };

  return (reason) =>
    void action.attempt.run(
      (attempt) => work(attempt, reason),
      (result) => {
        if (result.state === 'deleted') {
          finish(keepReason && !result.reasonKept ? 'deletedNoReason' : 'deleted');
          return;
        }
        onChanged();
        action.takeUp(result.now);
      },
      (failure) => {
        if (!(failure instanceof Gone)) return action.fail(failure);
        // The record was already deleted, perhaps by an earlier attempt whose response was lost.
        forgetDeleted(cache, fhir, resource.id);
        finish('deletedNoReason');
      },
    );
}
