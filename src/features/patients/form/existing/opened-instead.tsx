import { useLocation } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useCan } from '#data/capability.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button, ButtonLink } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog/dialog.tsx';
import { lazyPart, type MissingPart } from '#ui/states/lazy-part.tsx';
import { messages as uiMessages } from '#ui/messages.ts';
import { Notice } from '#ui/notice.tsx';
import { PartMissing } from '#ui/states/part-missing.tsx';
import styles from '#ui/toast-frame.module.css';
import { messages } from './messages.ts';
import type { TakeOverProps } from './take-over-dialog.tsx';

/** Shown if the code of the dialog could not be loaded. */
function NoDialog({ onClose, ...missing }: TakeOverProps & MissingPart) {
  const t = useMessages(messages);
  return (
    <Dialog open title={t('takeOver')} onClose={onClose}>
      <PartMissing {...missing} />
    </Dialog>
  );
}

const TakeOverDialog = lazyPart(
  async () => (await import('./take-over-dialog.tsx')).TakeOverDialog,
  NoDialog,
);

interface Props {
  /** Id of the opened record. */
  id: string;
  /** Key of the draft with the values typed for the new patient. */
  draftKey: string;
  onClose: () => void;
}

/**
 * Notice on the chart of an existing record that the user opened instead of creating a duplicate.
 * The typed values are kept, and the user can add those that the record lacks.
 */
export function OpenedInstead({ id, draftKey, onClose }: Props) {
  const t = useMessages(messages);
  const ui = useMessages(uiMessages);
  const can = useCan('update', 'Patient');
  const [asking, setAsking] = useState(false);
  const path = useLocation({ select: ({ pathname }) => pathname });
  const [chart] = useState(path);
  const elsewhere = path !== chart && (!path.startsWith(`${chart}/`) || path === `${chart}/edit`);
  useEffect(() => {
    if (elsewhere) onClose();
  });
  return (
    <>
      <div className={styles.toast}>
        <Notice
          role="status"
          title={t('kept')}
          actions={
            <>
              {can.allowed && (
                <Button variant="primary" onClick={() => setAsking(true)}>
                  {t('takeOver')}
                </Button>
              )}
              <ButtonLink to="/patients/new">{t('back')}</ButtonLink>
              <Button onClick={onClose}>{ui('close')}</Button>
            </>
          }
        >
          <p>{t('keptWhere')}</p>
        </Notice>
      </div>
      {asking && <TakeOverDialog {...{ id, draftKey }} onClose={() => setAsking(false)} />}
    </>
  );
}
