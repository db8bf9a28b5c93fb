import type { ReactNode } from 'react';
import { AnswerLost, isLost } from '#data/mutations-lost.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button, ButtonLink } from '#ui/button.tsx';
import { ErrorAlert } from '#ui/error-alert.tsx';
import { messages as uiMessages } from '#ui/messages.ts';
import { Notice } from '#ui/notice.tsx';
import { messages as formMessages } from '../messages.ts';
import { messages } from './messages.ts';
import styles from './left-notice.module.css';

/** Whether the server may have saved it all the same. */
export const isUnsure = (error: unknown): boolean =>
  isLost(error) || (error instanceof AnswerLost && error.state === 'unknown');

export interface LeftNoticeProps {
  /** The patient's. */
  name: string;
  /** Of the patient; undefined for a new one. */
  id: string | undefined;
  outcome: 'saved' | 'existed' | { readonly error: unknown };
  onClose: () => void;
}

/** What became of a save whose form was left before there was an answer, with the way back to it. */
export function LeftNotice({ name, id, outcome, onClose }: LeftNoticeProps) {
  const t = useMessages(messages);
  const f = useMessages(formMessages);
  const ui = useMessages(uiMessages);
  const close = <Button onClick={onClose}>{ui('close')}</Button>;
  const back = (
    <>
      {id === undefined ? (
        <ButtonLink to="/patients/new" onClick={onClose}>
          {f('goBack')}
        </ButtonLink>
      ) : (
        <ButtonLink to="/patients/$id/edit" params={{ id }} onClick={onClose}>
          {f('goBack')}
        </ButtonLink>
      )}
      {close}
    </>
  );
  const shown = (): ReactNode => {
    // Announced by whoever saved.
    if (outcome === 'saved') {
      const said = f(id === undefined ? 'created' : 'saved', { name });
      return <Notice tone="success" title={said} actions={close} />;
    }
    if (outcome === 'existed') {
      return <Notice tone="warning" role="alert" title={f('existsTitle')} actions={back} />;
    }
    const { error } = outcome;
    if (isUnsure(error)) {
      const unsure = t('leftUnsure', { name });
      return <Notice tone="warning" role="alert" title={unsure} actions={back} />;
    }
    const cause = error instanceof AnswerLost ? error.cause : error;
    return <ErrorAlert error={cause} title={t('leftFailed', { name })} actions={back} />;
  };
  return <div className={styles.toast}>{shown()}</div>;
}
