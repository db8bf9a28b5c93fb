import type { OperationOutcomeIssue } from 'fhir/r4';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { issueText } from '#fhir/outcome.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '../button.tsx';
import { errorText } from './error-text.ts';
import { messages } from './messages.ts';
import { useWayIn } from './way-in.ts';
import { Notice } from '../notice.tsx';
import styles from './error-alert.module.css';

export interface ErrorAlertProps {
  /** Undefined if no request failed; `title` and `advice` then say what is wrong. */
  error: unknown;
  /** Replaces the title chosen by the class of the error. */
  title?: ReactNode;
  /** Replaces the advice, where the usual advice does not help. */
  advice?: ReactNode;
  onRetry?: (() => void) | undefined;
  /** Further actions. */
  actions?: ReactNode;
}

/** Tells what happened and what to do, with buttons and links for it (role `alert`). */
export function ErrorAlert({ error, title, advice, onRetry, actions }: ErrorAlertProps) {
  const t = useMessages(messages);
  const wayIn = useWayIn(error);
  const [notSignedIn, setNotSignedIn] = useState<unknown>();
  const text = errorText(notSignedIn ?? error);
  return (
    <Notice
      tone="danger"
      role="alert"
      title={(notSignedIn === undefined && title) || t(text.title)}
      actions={
        <>
          {actions}
          {wayIn?.way === 'sign-in' && (
            <Button variant="primary" onClick={() => void wayIn.signIn().catch(setNotSignedIn)}>
              {t('signInAgain')}
            </Button>
          )}
          {onRetry && (
            <Button icon="refresh" onClick={onRetry}>
              {t('tryAgain')}
            </Button>
          )}
          <Link to="/access">{t('accessCheck')}</Link>
        </>
      }
    >
      <p>{advice || t(wayIn?.way === 'launch' ? 'launchAgain' : text.advice)}</p>
      <IssueList issues={text.issues} />
      {text.detail && <p>{text.detail.slice(0, 500)}</p>}
      {(text.status !== undefined || text.requestId) && (
        <p className={styles.support}>
          {text.status !== undefined && (
            <span>{t('httpStatus', { status: String(text.status) })}</span>
          )}
          {text.requestId && <span>{t('requestId', { id: text.requestId })}</span>}
        </p>
      )}
    </Notice>
  );
}

/**
 * Lists the issues of an OperationOutcome as the server's plain text, shortened and without
 * duplicates.
 */
export function IssueList({ issues }: { issues: readonly OperationOutcomeIssue[] }) {
  const texts = [...new Set(issues.map((issue) => issueText(issue) ?? issue.code))];
  if (texts.length === 0) return null;
  return (
    <ul className={styles.issues}>
      {texts.slice(0, 20).map((text) => (
        <li key={text}>{text.slice(0, 500)}</li>
      ))}
    </ul>
  );
}
