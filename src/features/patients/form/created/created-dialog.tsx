import { useState } from 'react';
import { displayName } from '#fhir/patient/names.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog/dialog.tsx';
import { Notice } from '#ui/notice.tsx';
import { Matches } from '../questions/before-save-dialog.tsx';
import type { Found } from '../duplicates/find-duplicates.ts';
import { messages as formMessages } from '../messages.ts';
import type { PendingSave } from '../save/pending-save.ts';
import { messages } from './messages.ts';

interface Props {
  /** The create request that the server accepted. */
  sent: PendingSave;
  /** Result of the first search. */
  found: Found;
  /** Searches again. */
  look: () => Promise<Found>;
  onOpen: (id: string) => void;
  onList: () => void;
  onClose: () => void;
}

/**
 * Shown if the server created the patient and did not return its id. Offers the records that a
 * search finds and can repeat the search, as the search index may lag behind. Never creates again.
 */
export function CreatedDialog({ sent, look, onOpen, onList, onClose, ...props }: Props) {
  const t = useMessages(messages);
  const f = useMessages(formMessages);
  const [found, setFound] = useState(props.found);
  const [looking, setLooking] = useState(false);
  const there = found.matches.length > 0;
  const lookAgain = async (): Promise<void> => {
    setLooking(true);
    setFound(await look());
    setLooking(false);
  };
  return (
    <Dialog
      open
      wide={there}
      title={t('title', { name: displayName(sent.patient).text ?? f('nameNotKnown') })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onList}>{t('toList')}</Button>
          {!there && (
            <Button variant="primary" busy={looking} onClick={() => void lookAgain()}>
              {t('lookAgain')}
            </Button>
          )}
        </>
      }
    >
      <Notice tone="warning" role="alert" title={t(there ? 'found' : 'notFound')} />
      {there && <Matches patient={sent.patient} matches={found.matches} onOpen={onOpen} />}
    </Dialog>
  );
}
