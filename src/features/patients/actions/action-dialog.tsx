import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { AnswerLost } from '#data/mutations-lost.ts';
import { patientStatus } from '#fhir/patient/patient.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog/dialog.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { Notice } from '#ui/notice.tsx';
import { NotKept } from '../form/outcome/not-kept-notice.tsx';
import { messages as againMessages } from './record-changed/messages.ts';
import styles from './actions.module.css';
import { messages } from './messages.ts';
import { NotApplied } from './not-applied.ts';
import type { RecordAction } from './use-record-action.ts';

/** A key that is held down confirms nothing: what it would confirm may have come since. */
const fresh = (event: KeyboardEvent): void => {
  if (event.repeat) event.preventDefault();
};

/**
 * The frame of every deed: what it does, what came in between, and the two ways out. Both are shut
 * while a write is out, because neither would undo it.
 */
export function ActionDialog({
  deed,
  title,
  confirm,
  other,
  danger,
  wide,
  barred,
  ofMerged,
  onConfirm,
  children,
}: {
  deed: RecordAction;
  title: string;
  /** Left out where there is nothing to confirm yet. */
  confirm?: string | undefined;
  /** Another deed that may be meant. */
  other?: { readonly label: string; readonly onChoose: () => void } | false;
  /** It deletes. */
  danger?: boolean;
  wide?: boolean;
  /** Why it must not be done, as the record is now: then there is nothing to confirm. */
  barred?: string | false | undefined;
  /** It is done to records that were merged, too. */
  ofMerged?: boolean;
  onConfirm: () => void;
  children: ReactNode;
}) {
  const t = useMessages(messages);
  const a = useMessages(againMessages);
  const { busy, sent, close } = deed.attempt;
  const { baseUrl } = useFhir().client;
  // Somebody else may have linked the record since the menu offered this.
  const merged = !ofMerged && patientStatus(deed.opened.resource, baseUrl).merged;
  const why = merged ? t('no.update.merged') : barred;
  const sound = deed.opened.etag !== undefined && !why;
  const changed = useRef<HTMLDivElement>(null);
  const parts = useRef<HTMLDivElement>(null);
  const [confirmed, setConfirmed] = useState(0);
  // Where it was refused, what is wrong takes the focus, and is read out with it.
  useEffect(() => {
    if (confirmed > 0) parts.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [confirmed]);
  // The way to the last button leads past what was changed: a second press does not come too soon.
  useEffect(() => {
    if (deed.moved) changed.current?.focus();
  }, [deed.moved]);
  return (
    <Dialog
      open
      wide={wide ?? false}
      title={title}
      held={sent}
      onClose={close}
      actions={
        <>
          <span role="status">{sent && t(danger ? 'deleting' : 'saving')}</span>
          <Button aria-disabled={sent} onClick={close}>
            {t('cancel')}
          </Button>
          {sound && other && (
            <Button
              aria-disabled={busy}
              onKeyDown={fresh}
              onClick={({ detail }) => busy || detail > 1 || other.onChoose()}
            >
              {other.label}
            </Button>
          )}
          {sound && confirm && (
            <Button
              variant={danger ? 'danger' : 'primary'}
              busy={busy}
              onKeyDown={fresh}
              onClick={({ detail }) => {
                if (detail > 1) return; // the second of a double click
                onConfirm();
                setConfirmed(confirmed + 1);
              }}
            >
              {confirm}
            </Button>
          )}
        </>
      }
    >
      {/* What is typed or chosen now would be in nothing that is sent. */}
      <div ref={parts} className={styles.parts} inert={busy}>
        {!deed.opened.etag && <Notice tone="warning" title={t('noVersion')} />}
        {deed.moved && (
          <div ref={changed} tabIndex={-1}>
            <Notice tone="warning" role="alert" title={why || t('changed')} />
          </div>
        )}
        {!deed.moved && why && <Notice tone="warning" role="alert" title={why} />}
        {deed.error instanceof NotApplied ? (
          <Notice tone="danger" role="alert" title={a('notDone')}>
            <NotKept lost={deed.error.lost} />
          </Notice>
        ) : deed.error instanceof AnswerLost ? (
          <Notice
            tone="warning"
            role="alert"
            title={deed.error.told === 'not-yet' ? a('lostNotYet') : t(`lost.${deed.error.told}`)}
          />
        ) : (
          deed.error !== undefined && <ErrorAlert error={deed.error} />
        )}
        {children}
      </div>
    </Dialog>
  );
}
