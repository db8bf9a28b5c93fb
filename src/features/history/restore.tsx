import { AnswerLost } from '#data/mutations-lost.ts';
import { useCan } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { displayName } from '#fhir/patient/names.ts';
import { patientStatus } from '#fhir/patient/patient.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog/dialog.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { LostNotice } from '#ui/lost-notice/lost-notice.tsx';
import { ChangeTable } from './change-table.tsx';
import { messages } from './messages.ts';
import { useRestore, type OldVersion, type Restoring } from './use-restore.ts';

interface Props extends OldVersion {
  /** Whether it is the last version before the deletion. */
  last?: boolean;
}

/** Saves an old version as a new one, after showing the changes. No version is ever erased. */
export function Restore({ last, ...old }: Props) {
  const t = useMessages(messages);
  const { baseUrl } = useFhir().client;
  const can = useCan('update', 'Patient');
  const restoring = useRestore(old);
  if (!restoring) return null;
  if (!can.allowed) return <p>{t(`noRestore.${can.reason ?? 'role'}`)}</p>;
  if (patientStatus(restoring.current, baseUrl).merged) return <p>{t('noRestore.merged')}</p>;
  return (
    <div>
      <Button icon="history" onClick={restoring.ask}>
        {t(last ? 'restoreLast' : 'restore')}
      </Button>
      <RestoreDialog {...old} {...restoring} />
    </div>
  );
}

function RestoreDialog(props: OldVersion & Restoring) {
  const { version, versionId, deleted, current, resource, attempt, asking, failure } = props;
  const { restore } = props;
  const t = useMessages(messages);
  return (
    <Dialog
      open={asking}
      wide
      held={attempt.sent}
      onClose={attempt.close}
      title={t('restoreTitle', {
        id: versionId,
        name: displayName(current ?? version).text ?? t('nameNotKnown'),
      })}
      actions={
        <>
          <span role="status">{attempt.sent && t('saving')}</span>
          <Button aria-disabled={attempt.sent} onClick={attempt.close}>
            {t('cancel')}
          </Button>
          <Button
            variant="primary"
            busy={attempt.busy}
            // A held key must not confirm, because the shown changes may differ by then.
            onKeyDown={(event) => event.repeat && event.preventDefault()}
            onClick={({ detail }) => detail > 1 || restore()}
          >
            {t('restore')}
          </Button>
        </>
      }
    >
      {failure instanceof AnswerLost ? (
        <LostNotice told={failure.told} />
      ) : (
        failure !== undefined && <ErrorAlert error={failure} />
      )}
      <p>{t(deleted ? 'undeleteText' : 'restoreText')}</p>
      <ChangeTable
        before={deleted ? { meta: version.meta } : current}
        after={{ ...resource, meta: (current ?? version).meta }}
        beforeLabel={t('now')}
        afterLabel={t('afterwards')}
      />
    </Dialog>
  );
}
