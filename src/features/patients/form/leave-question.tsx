import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog/dialog.tsx';
import { messages } from './messages.ts';
import styles from './form.module.css';

export interface LeaveQuestionProps {
  /** True while a sent write has no response yet: leaving does not cancel it. */
  sent: boolean;
  onAnswer: (leave: boolean) => void;
}

/** Asks whether to leave the form and lose its unsaved changes. */
export function LeaveQuestion({ sent, onAnswer }: LeaveQuestionProps) {
  const t = useMessages(messages);
  return (
    <div className={styles.question}>
      <Dialog
        open
        overMask
        role="alertdialog"
        title={t(sent ? 'leaveSentTitle' : 'leaveTitle')}
        onClose={() => onAnswer(false)}
        actions={
          <>
            {/* "Stay" comes first and has the focus, so that a repeated Enter loses nothing. */}
            <Button variant="primary" onClick={() => onAnswer(false)}>
              {t('stay')}
            </Button>
            <Button variant="danger" onClick={() => onAnswer(true)}>
              {t(sent ? 'leaveSent' : 'leave')}
            </Button>
          </>
        }
      >
        <p>{t(sent ? 'leaveSentText' : 'leaveText')}</p>
      </Dialog>
    </div>
  );
}
