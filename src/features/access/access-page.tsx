import type { ReactNode } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { SelectField } from '#ui/field/field.tsx';
import { Flag } from '#ui/flag.tsx';
import { Page, Section } from '#ui/page.tsx';
import styles from './access.module.css';
import { CheckItem, LOOK } from './finding-view.tsx';
import { messages } from './messages.ts';
import { supportReport } from './report.ts';
import { RequestLogSection } from './request-log.tsx';
import { SessionSection } from './session-section.tsx';
import { CheckLink, Troubleshooting } from './troubleshooting.tsx';
import { useChecks, type ChecksRun } from './use-checks.ts';
import { useEnv } from './use-env.ts';

/**
 * Shows why access works or fails. Works without a session and when everything else fails.
 *
 * @param failure message about a sign-in that has just failed
 */
export function AccessPage({ failure }: { failure: ReactNode }) {
  const t = useMessages(messages);
  const { env, choice, choose, again } = useEnv();
  const run = useChecks(env);
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <Button icon="refresh" onClick={again}>
          {t('runAgain')}
        </Button>
      }
    >
      <SessionSection failure={failure} />
      <Section heading={t('checks')}>
        {choice.length > 1 && (
          <SelectField
            label={t('server')}
            value={env?.server?.id ?? ''}
            onChange={(event) => choose(event.target.value)}
            options={choice}
          />
        )}
        <Progress run={run} />
        <ul className={styles.checks}>
          {run.rows.map((row) => (
            <CheckItem key={row.check.id} row={row} running={row.check === run.current} />
          ))}
        </ul>
      </Section>
      {/* Rendered after the list of checks, which would move it. */}
      {run.rows.length > 0 && <Troubleshooting rows={run.rows} log={env?.fhir?.log} />}
      {env?.fhir && run.rows.length > 0 && <RequestLogSection log={env.fhir.log} />}
      <Report run={run} />
    </Page>
  );
}

function Progress({ run }: { run: ChecksRun }) {
  const t = useMessages(messages);
  const count = (verdict: string): number =>
    run.rows.filter((row) => row.finding?.verdict === verdict).length;
  const text = run.current
    ? t('running', { title: t(run.current.title) })
    : t('done', { bad: count('bad'), attention: count('attention') });
  const wrong = run.rows.filter(
    ({ finding }) => finding?.verdict === 'bad' || finding?.verdict === 'attention',
  );
  return (
    <>
      <p role="status" className={styles.progress}>
        {run.rows.length > 0 && text}
      </p>
      {!run.current && wrong.length > 0 && (
        <ul className={styles.wrong} aria-label={t('toMend')}>
          {wrong.map((row) => (
            <li key={row.check.id}>
              <Flag {...LOOK[row.finding?.verdict ?? 'info']}>
                <CheckLink row={row} />
              </Flag>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Report({ run }: { run: ChecksRun }) {
  const t = useMessages(messages);
  if (!run.finishedAt) return null;
  const text = supportReport(run.rows, t, run.finishedAt);
  return (
    <Section heading={t('report')} actions={<CopyButton text={text} label={t('copyReport')} />}>
      <p>{t('reportLead')}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
      <pre className={styles.report} tabIndex={0}>
        {text}
      </pre>
    </Section>
  );
}
