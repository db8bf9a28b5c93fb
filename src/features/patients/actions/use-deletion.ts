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
  /** Whether to try to keep the reason. */
  readonly keepReason: boolean;
  /** Somebody else changed the record: nothing was deleted, and it must be looked at again. */
  readonly onChanged: () => void;
  readonly onDone: () => void;
}

/** @returns deletes the record that an action has opened, for a reason in words */
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
    // Here, not in `done`, which is not called once the page was left: the cache must not keep it.
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
        // Deleted in the meantime, perhaps by an attempt whose answer was lost.
        forgetDeleted(cache, fhir, resource.id);
        finish('deletedNoReason');
      },
    );
}
