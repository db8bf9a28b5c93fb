import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Patient } from 'fhir/r4';
import { useState } from 'react';
import { useCan } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { useUpdatePatient } from '#data/mutations.ts';
import { patientQuery } from '#data/queries.ts';
import { displayName } from '#fhir/names.ts';
import { patientStatus } from '#fhir/patient.ts';
import type { Stored } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { useAnnounce } from '#ui/announcer.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { ErrorAlert } from '#ui/error-alert.tsx';
import { ChangeTable } from './change-table.tsx';
import { messages } from './messages.ts';

/** Saves an old version as a new one, after showing what that changes. Nothing is ever erased. */
export function Restore({
  id,
  version,
  versionId,
}: {
  id: string;
  version: Stored<Patient>;
  versionId: string;
}) {
  const t = useMessages(messages);
  const fhir = useFhir();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const can = useCan('update', 'Patient');
  const { data: current } = useQuery(patientQuery(fhir, id));
  const update = useUpdatePatient(id);
  const [asking, setAsking] = useState(false);
  if (!current?.etag || current.resource.meta?.versionId === versionId) return null;
  if (!can.allowed) return <p>{t(`noRestore.${can.reason ?? 'role'}`)}</p>;
  if (patientStatus(current.resource, fhir.client.baseUrl).merged) return null;
  const { etag, resource } = current;

  const restore = async (): Promise<void> => {
    // `meta` is the server's own, but labels such as "restricted" must not come off by the way.
    const { meta: _, ...old } = version;
    const { meta } = resource;
    const labels = {
      ...(meta?.profile && { profile: meta.profile }),
      ...(meta?.security && { security: meta.security }),
      ...(meta?.tag && { tag: meta.tag }),
    };
    try {
      await update.mutateAsync({
        resource: { ...old, id, ...(Object.keys(labels).length > 0 && { meta: labels }) },
        ifMatch: etag,
      });
      setAsking(false);
      announce(t('restored', { id: versionId }));
      await navigate({ to: '/patients/$id/history', params: { id } });
    } catch {
      // The mutation holds the error, and the dialog shows it.
    }
  };

  return (
    <div>
      <Button icon="history" onClick={() => setAsking(true)}>
        {t('restore')}
      </Button>
      <Dialog
        open={asking}
        wide
        onClose={() => setAsking(false)}
        title={t('restoreTitle', {
          id: versionId,
          name: displayName(resource).text ?? t('nameNotKnown'),
        })}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t('cancel')}</Button>
            <Button variant="primary" busy={update.isPending} onClick={() => void restore()}>
              {t('restore')}
            </Button>
          </>
        }
      >
        {update.error && <ErrorAlert error={update.error} />}
        <p>{t('restoreText')}</p>
        <ChangeTable
          before={resource}
          after={version}
          beforeLabel={t('now')}
          afterLabel={t('afterwards')}
        />
      </Dialog>
    </div>
  );
}
