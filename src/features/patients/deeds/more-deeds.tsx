import type { Patient } from 'fhir/r4';
import { useState, type ComponentType } from 'react';
import { useCan } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { patientStatus } from '#fhir/patient.ts';
import type { Versioned } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { ActiveDialog } from './active-dialog.tsx';
import { DeceasedDialog } from './deceased-dialog.tsx';
import styles from './deeds.module.css';
import type { DeedProps } from './deeds.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { Menu, type MenuItem } from './menu.tsx';
import { messages } from './messages.ts';

type DeedId = 'active' | 'deceased' | 'link' | 'delete';

const DIALOGS: Readonly<Record<DeedId, ComponentType<DeedProps>>> = {
  active: ActiveDialog,
  deceased: DeceasedDialog,
  link: LinkDialog,
  delete: DeleteDialog,
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
      {DeedDialog && <DeedDialog opened={doing.opened} onClose={() => setDoing(undefined)} />}
    </>
  );
}
