import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { AnswerLost } from '#data/mutations-lost.ts';
import { patientStatus } from '#fhir/patient/patient.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog/dialog.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { LostNotice } from '#ui/lost-notice/lost-notice.tsx';
import { Notice } from '#ui/notice.tsx';
import { NotKept } from '#ui/saved-notice/not-kept.tsx';
import type { Attempts } from '#ui/use-attempt.ts';
import { messages as recordChangedMessages } from './record-changed/messages.ts';
import styles from './actions.module.css';
import { messages } from './messages.ts';
import { NotApplied } from './not-applied.ts';
import type { RecordAction } from './use-record-action.ts';

/** Ignores a held-down key, which could confirm a dialog that opened after the key was pressed. */
const fresh = (event: KeyboardEvent): void => {
  if (event.repeat) event.preventDefault();
};

interface ActionDialogProps {
  action: RecordAction;
  title: string;
  /** Label of the confirm button; undefined hides it while there is nothing to confirm yet. */
  confirm?: string | undefined;
  /** An alternative action, offered as a second button. */
  other?: OtherAction | false | undefined;
  /** The action deletes the record. */
  danger?: boolean;
  wide?: boolean;
  /** Why the current state of the record forbids the action; hides the confirm button. */
  barred?: string | false | undefined;
  /** The action is allowed on merged records, too. */
  ofMerged?: boolean;
  onConfirm: () => void;
  children: ReactNode;
}

interface OtherAction {
  readonly label: string;
  readonly onChoose: () => void;
}

/**
 * Common dialog for record actions: content, "record changed" warning, Cancel and Confirm. Both
 * buttons are disabled while a write is under way, because neither would undo it.
 */
export function ActionDialog({
  action,
  title,
  confirm,
  other,
  danger,
  wide,
  barred,
  ofMerged,
  onConfirm,
  children,
}: ActionDialogProps) {
  const t = useMessages(messages);
  const { busy, sent, close } = action.attempt;
  const { baseUrl } = useFhir().client;
  // Another user may have linked the record since the menu offered this action.
  const merged = !ofMerged && patientStatus(action.opened.resource, baseUrl).merged;
  const why = merged ? t('no.update.merged') : barred;
  const sound = action.opened.etag !== undefined && !why;
  const changed = useRef<HTMLDivElement>(null);
  const parts = useRef<HTMLDivElement>(null);
  const [confirmed, setConfirmed] = useState(0);
  // After a confirmation that failed validation, the first invalid field takes the focus.
  useEffect(() => {
    if (confirmed > 0) parts.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [confirmed]);
  // The warning takes the focus, so that a second key press does not confirm an unread change.
  useEffect(() => {
    if (action.changedElsewhere) changed.current?.focus();
  }, [action.changedElsewhere]);
  return (
    <Dialog
      open
      wide={wide ?? false}
      title={title}
      held={sent}
      onClose={close}
      actions={
        <ActionButtons
          attempt={action.attempt}
          confirm={sound ? confirm : undefined}
          other={sound && other}
          danger={danger}
          onConfirm={() => {
            onConfirm();
            setConfirmed(confirmed + 1);
          }}
        />
      }
    >
      {/* Inert while busy: input made after the request was sent would be lost. */}
      <div ref={parts} className={styles.parts} inert={busy}>
        {!action.opened.etag && <Notice tone="warning" title={t('noVersion')} />}
        {action.changedElsewhere && (
          <div ref={changed} tabIndex={-1}>
            <Notice tone="warning" role="alert" title={why || t('changed')} />
          </div>
        )}
        {!action.changedElsewhere && why && <Notice tone="warning" role="alert" title={why} />}
        <ActionError error={action.error} />
        {children}
      </div>
    </Dialog>
  );
}

function ActionButtons({
  attempt,
  confirm,
  other,
  danger,
  onConfirm,
}: Pick<ActionDialogProps, 'confirm' | 'other' | 'onConfirm'> & {
  attempt: Attempts;
  danger: boolean | undefined;
}) {
  const t = useMessages(messages);
  const { busy, sent, close } = attempt;
  return (
    <>
      <span role="status">{sent && t(danger ? 'deleting' : 'saving')}</span>
      <Button aria-disabled={sent} onClick={close}>
        {t('cancel')}
      </Button>
      {other && (
        <Button
          aria-disabled={busy}
          onKeyDown={fresh}
          onClick={({ detail }) => busy || detail > 1 || other.onChoose()}
        >
          {other.label}
        </Button>
      )}
      {confirm && (
        <Button
          variant={danger ? 'danger' : 'primary'}
          busy={busy}
          onKeyDown={fresh}
          onClick={({ detail }) => detail > 1 || onConfirm()} // not the second of a double click
        >
          {confirm}
        </Button>
      )}
    </>
  );
}

function ActionError({ error }: { error: unknown }) {
  const t = useMessages(recordChangedMessages);
  if (error === undefined) return null;
  if (error instanceof NotApplied) {
    return (
      <Notice tone="danger" role="alert" title={t('notDone')}>
        <NotKept lost={error.lost} />
      </Notice>
    );
  }
  if (error instanceof AnswerLost) return <LostNotice told={error.told} />;
  return <ErrorAlert error={error} />;
}
