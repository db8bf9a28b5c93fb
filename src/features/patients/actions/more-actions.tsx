import type { Patient } from 'fhir/r4';
import { useState, type ComponentType } from 'react';
import { useCan } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { patientStatus } from '#fhir/patient/patient.ts';
import type { Versioned } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Dialog } from '#ui/dialog/dialog.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { notLoaded } from '#ui/states/not-loaded.ts';
import styles from './actions.module.css';
import type { ActionProps } from './actions.ts';
import { Menu, type MenuItem } from './menu.tsx';
import { messages } from './messages.ts';

type ActionId = 'active' | 'deceased' | 'link' | 'unlink' | 'delete';

/** The dialogs, loaded on demand, because most visits to a chart use none of them. */
const DIALOGS: Readonly<Record<ActionId, () => Promise<ComponentType<ActionProps>>>> = {
  active: async () => (await import('./active-dialog.tsx')).ActiveDialog,
  deceased: async () => (await import('./deceased-dialog.tsx')).DeceasedDialog,
  link: async () => (await import('./link-dialog.tsx')).LinkDialog,
  unlink: async () => (await import('./unlink-dialog.tsx')).UnlinkDialog,
  delete: async () => (await import('./delete-dialog.tsx')).DeleteDialog,
};

interface Doing {
  readonly action: ActionId;
  readonly opened: Versioned<Patient>;
  /** The dialog; undefined while its code is loading. */
  readonly Shown?: ComponentType<ActionProps>;
  /** Why the dialog could not be loaded; shown in a plain dialog instead. */
  readonly failure?: unknown;
}

/** The chart's menu "More": actions that are rarer and more serious than an edit. */
export function MoreActions({ opened }: { opened: Versioned<Patient> }) {
  const t = useMessages(messages);
  const { client } = useFhir();
  const update = useCan('update', 'Patient');
  const remove = useCan('delete', 'Patient');
  const [doing, setDoing] = useState<Doing>();
  const status = patientStatus(opened.resource, client.baseUrl);
  const changes = update.allowed && !status.merged;
  const choose = (action: ActionId) => (): void => {
    const begun: Doing = { action, opened };
    const end = (how: Partial<Doing>): void =>
      setDoing((now) => (now === begun ? { ...begun, ...how } : now));
    setDoing(begun);
    DIALOGS[action]().then(
      (Shown) => end({ Shown }),
      (error: unknown) => end({ failure: notLoaded(error) }),
    );
  };
  const onClose = (): void => setDoing((now) => (now === doing ? undefined : now));

  const items: MenuItem[] = [
    ...(changes
      ? [
          {
            id: 'active',
            label: t(status.inactive ? 'active' : 'inactive'),
            onChoose: choose('active'),
          },
          {
            id: 'deceased',
            label: t(status.deceased ? 'deceasedChange' : 'deceased'),
            onChoose: choose('deceased'),
          },
          { id: 'link', label: t('link'), onChoose: choose('link') },
        ]
      : []),
    ...(update.allowed && status.merged
      ? [{ id: 'unlink', label: t('unlink'), onChoose: choose('unlink') }]
      : []),
    ...(remove.allowed
      ? [{ id: 'delete', label: t('delete'), onChoose: choose('delete'), danger: true }]
      : []),
  ];
  return (
    <>
      <Menu label={t('more')} items={items}>
        {!changes && (
          <p className={styles.reason}>
            {t(`no.update.${update.allowed ? 'merged' : (update.reason ?? 'role')}`)}
          </p>
        )}
        {!remove.allowed && (
          <p className={styles.reason}>{t(`no.delete.${remove.reason ?? 'role'}`)}</p>
        )}
      </Menu>
      {doing?.Shown && <doing.Shown opened={doing.opened} onClose={onClose} />}
      {doing?.failure !== undefined && (
        <Dialog open title={t(doing.action)} onClose={onClose}>
          <ErrorAlert error={doing.failure} onRetry={choose(doing.action)} />
        </Dialog>
      )}
    </>
  );
}
