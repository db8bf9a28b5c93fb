import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { forgetDraft } from './draft.ts';
import { messages } from '../messages.ts';
import { getPendingSave } from './pending-save.ts';

/** Tells that an earlier draft was restored, and offers to discard it. */
export function DraftNotice({ draftKey, onDiscard }: { draftKey: string; onDiscard: () => void }) {
  const t = useMessages(messages);
  const sent = getPendingSave(draftKey);
  const state = sent?.created ? 'draftCreated' : sent ? 'draftSent' : 'draftText';
  return (
    <Notice
      role="status"
      title={t('draftBack')}
      actions={
        <Button
          onClick={() => {
            forgetDraft(draftKey);
            onDiscard();
          }}
        >
          {t('draftDiscard')}
        </Button>
      }
    >
      <p>{t(state)}</p>
    </Notice>
  );
}
