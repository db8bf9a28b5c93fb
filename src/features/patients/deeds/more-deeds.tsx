import type { Patient } from 'fhir/r4';
import { lazy, Suspense, useState, type ComponentType } from 'react';
import { useCan } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { patientStatus } from '#fhir/patient.ts';
import type { Versioned } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import styles from './deeds.module.css';
import type { DeedProps } from './deeds.ts';
import { Menu, type MenuItem } from './menu.tsx';
import { messages } from './messages.ts';

type DeedId = 'active' | 'deceased' | 'link' | 'unlink' | 'delete';

/** Loaded when they are asked for: a chart is read far more often than it is marked or deleted. */
const DIALOGS: Readonly<Record<DeedId, ComponentType<DeedProps>>> = {
  active: lazy(async () => ({ default: (await import('./active-dialog.tsx')).ActiveDialog })),
  deceased: lazy(async () => ({ default: (await import('./deceased-dialog.tsx')).DeceasedDialog })),
  link: lazy(async () => ({ default: (await import('./link-dialog.tsx')).LinkDialog })),
  unlink: lazy(async () => ({ default: (await import('./unlink-dialog.tsx')).UnlinkDialog })),
  delete: lazy(async () => ({ default: (await import('./delete-dialog.tsx')).DeleteDialog })),
};

/** The menu "More" of a chart: deeds that are rarer and weightier than an edit. */
export function MoreDeeds({ opened }: { opened: Versioned<Patient> }) {
  const t = useMessages(messages);
  const { client } = useFhir();
  const update = useCan('update', 'Patient');
  const remove = useCan('delete', 'Patient');
  const [doing, setDoing] = useState<{ deed: DeedId; opened: Versioned<Patient> }>();
  const status = patientStatus(opened.resource, client.baseUrl);
  const changes = update.allowed && !status.merged;
  const choose = (deed: DeedId) => () => setDoing({ deed, opened });

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
    ...(remove.allowed ? [{ id: 'delete', label: t('delete'), onChoose: choose('delete') }] : []),
  ];
  const DeedDialog = doing && DIALOGS[doing.deed];
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
      <Suspense>
        {DeedDialog && (
          <DeedDialog
            opened={doing.opened}
            onClose={() => setDoing((now) => (now === doing ? undefined : now))}
          />
        )}
      </Suspense>
    </>
  );
}
