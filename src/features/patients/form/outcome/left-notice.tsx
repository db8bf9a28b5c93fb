import type { ReactNode } from 'react';
import { AnswerLost, isUnsure } from '#data/mutations-lost.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button, ButtonLink } from '#ui/button.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { messages as uiMessages } from '#ui/messages.ts';
import { Notice } from '#ui/notice.tsx';
import { NotKept, toneOf } from '#ui/saved-notice/not-kept.tsx';
import { messages as formMessages } from '../messages.ts';
import { messages as questionMessages } from '../questions/messages.ts';
import { isCreateConflict } from '../save/create-conflict.ts';
import { messages } from './messages.ts';
import styles from '#ui/toast-frame.module.css';

type Outcome =
  | 'existed'
  /** The save succeeded; `lost` names the elements that the server did not store as sent. */
  | { readonly lost: readonly string[] }
  | { readonly error: unknown };

export interface LeftNoticeProps {
  /** Name of the patient. */
  name: string;
  /** Id of the patient; undefined for a new one. */
  id: string | undefined;
  outcome: Outcome;
  onClose: () => void;
}

/** Shows the outcome of a save if the user left the form before the response, with a link back. */
export function LeftNotice({ name, id, outcome, onClose }: LeftNoticeProps) {
  const t = useMessages(messages);
  const f = useMessages(formMessages);
  const q = useMessages(questionMessages);
  const ui = useMessages(uiMessages);
  const close = <Button onClick={onClose}>{ui('close')}</Button>;
  const back = (
    <>
      {id === undefined ? (
        <ButtonLink to="/patients/new" onClick={onClose}>
          {q('goBack')}
        </ButtonLink>
      ) : (
        <ButtonLink to="/patients/$id/edit" params={{ id }} onClick={onClose}>
          {q('goBack')}
        </ButtonLink>
      )}
      {close}
    </>
  );
  const shown = (): ReactNode => {
    if (outcome === 'existed') {
      return <Notice tone="warning" role="alert" title={q('existsTitle')} actions={back} />;
    }
    if ('lost' in outcome) {
      const { lost } = outcome;
      const said = f(id === undefined ? 'created' : 'saved', { name });
      return (
        // The save announced its success; this alert announces only lost elements.
        <Notice {...toneOf(lost)} title={said} actions={close}>
          <NotKept lost={lost} />
        </Notice>
      );
    }
    const { error } = outcome;
    if (isUnsure(error)) {
      const unsure = t('leftUnsure', { name });
      return <Notice tone="warning" role="alert" title={unsure} actions={back} />;
    }
    const cause = error instanceof AnswerLost ? error.cause : error;
    const advice = id === undefined && isCreateConflict(cause) ? f('takenDo') : undefined;
    return (
      <ErrorAlert error={cause} title={t('leftFailed', { name })} {...{ advice }} actions={back} />
    );
  };
  return <div className={styles.toast}>{shown()}</div>;
}
