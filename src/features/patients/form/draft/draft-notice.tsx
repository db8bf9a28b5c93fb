import { useState } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog/dialog.tsx';
import { Notice } from '#ui/notice.tsx';
import { forgetDraft } from '../save/draft.ts';
import { getPendingSave } from '../save/pending-save.ts';
import { messages } from './messages.ts';

export interface DraftNoticeProps {
  draftKey: string;
  /** Called after the draft was deleted, to show the form without it. */
  onDiscard: () => void;
}

/** Tells that an earlier draft was restored, and offers to discard it, which it asks about first. */
export function DraftNotice({ draftKey, onDiscard }: DraftNoticeProps) {
  const t = useMessages(messages);
  const [asking, setAsking] = useState(false);
  const sent = getPendingSave(draftKey);
  const state = sent?.created ? 'created' : sent ? 'sent' : 'typed';
  const keep = (): void => setAsking(false);
  const discard = (): void => {
    forgetDraft(draftKey);
    onDiscard();
    // The pressed button disappears with the notice, so the first field takes the focus.
    setTimeout(() => document.querySelector<HTMLElement>('main form input')?.focus());
  };
  return (
    <>
      <Notice
        role="status"
        title={t('back')}
        actions={<Button onClick={() => setAsking(true)}>{t('discard')}</Button>}
      >
        <p>{t(`state.${state}`)}</p>
      </Notice>
      {asking && (
        <Dialog
          open
          role="alertdialog"
          title={t('askTitle')}
          onClose={keep}
          actions={
            <>
              {/* "Keep" comes first and has the focus, so that a repeated Enter loses nothing. */}
              <Button variant="primary" onClick={keep}>
                {t('keep')}
              </Button>
              <Button variant="danger" onClick={discard}>
                {t('discard')}
              </Button>
            </>
          }
        >
          <p>{t(`ask.${state}`)}</p>
        </Dialog>
      )}
    </>
  );
}
