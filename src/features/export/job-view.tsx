import { useEffect, useRef, useState, type RefObject } from 'react';
import type { BulkExport } from '#fhir/bulk-export/bulk-export.ts';
import type { ExportStep } from '#fhir/bulk-export/bulk-export-poll.ts';
import type { StatusUrl } from '#fhir/bulk-export/bulk-export-url.ts';
import { useMessages } from '#i18n/provider.tsx';
import { useAnnounce } from '#ui/announcer.tsx';
import { Button } from '#ui/button.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { Notice } from '#ui/notice.tsx';
import { Section } from '#ui/page.tsx';
import { CancelDialog } from './cancel-dialog.tsx';
import type { Job } from './job.ts';
import { JobFacts } from './job-facts.tsx';
import { DoneNotice, ManifestView, summaryOf } from './manifest-view.tsx';
import { messages } from './messages.ts';
import { Progress } from './progress.tsx';
import { useExportStep } from './use-export-step.ts';

/** Shows an export with a known status URL: its progress, and finally its files. */
export function JobView({
  job,
  statusUrl,
  bulk,
  headingRef,
  onClose,
}: {
  job: Job;
  statusUrl: StatusUrl;
  bulk: BulkExport;
  headingRef: RefObject<HTMLHeadingElement | null>;
  onClose: () => void;
}) {
  const t = useMessages(messages);
  const announce = useAnnounce();
  const [round, setRound] = useState(0);
  const [asking, setAsking] = useState(false);
  const [cancelling, setCancelling] = useState(false);
  const { step, job: known } = useExportStep(bulk, statusUrl, round);
  // A refused status request does not prevent the user from cancelling the job.
  const running = step === undefined || step.state === 'running' || step.state === 'refused';
  // A URL that never responded like a job may be a record, because the user may have pasted any
  // URL.
  const stoppable = running ? known : undefined;
  // The job may end before the cancel request gets its response.
  const question = asking && (stoppable ?? (cancelling ? known : undefined));
  const manifest = step?.state === 'done' ? step.manifest : undefined;

  const told = useRef<unknown>(undefined);
  useEffect(() => {
    if (!manifest || told.current === manifest) return;
    told.current = manifest;
    announce(summaryOf(manifest, t));
  }, [manifest, announce, t]);

  const tooLate = asking && !question;
  useEffect(() => {
    if (tooLate) headingRef.current?.focus(); // the button that opened the dialog was replaced
  }, [tooLate, headingRef]);
  const askAgain = (): void => {
    setAsking(false);
    setRound(round + 1);
  };

  const cancelled = (): void => {
    announce(t('cancelled'));
    onClose();
  };

  return (
    <>
      <Section
        heading={t('job')}
        headingRef={headingRef}
        actions={
          stoppable || cancelling ? (
            <Button onClick={() => setAsking(true)}>{t('cancel')}</Button>
          ) : (
            <Button onClick={onClose}>{t(running ? 'stopFollowing' : 'newExport')}</Button>
          )
        }
      >
        <State step={step} onAskAgain={askAgain} />
        <JobFacts job={job} />
      </Section>
      {manifest && <ManifestView manifest={manifest} bulk={bulk} />}
      {question && (
        <CancelDialog
          cancel={() => bulk.cancel(question)}
          onBusy={setCancelling}
          onCancelled={cancelled}
          onLetGo={onClose}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function State({ step, onAskAgain }: { step: ExportStep | undefined; onAskAgain: () => void }) {
  const t = useMessages(messages);
  if (!step || step.state === 'running') return <Progress step={step} />;
  if (step.state === 'done') return <DoneNotice manifest={step.manifest} />;
  if (step.state === 'failed') return <ErrorAlert error={step.error} title={t('failedTitle')} />;
  if (step.state === 'refused') {
    return <ErrorAlert error={step.error} title={t('refusedTitle')} onRetry={onAskAgain} />;
  }
  if (step.state === 'expired') {
    return (
      <Notice tone="warning" role="alert" title={t('expiredTitle')}>
        <p>{t('expiredText')}</p>
      </Notice>
    );
  }
  return (
    <Notice
      tone="warning"
      role="alert"
      title={t('lostTitle')}
      actions={
        <Button icon="refresh" onClick={onAskAgain}>
          {t('askAgain')}
        </Button>
      }
    >
      <p>{t('lostText')}</p>
    </Notice>
  );
}
