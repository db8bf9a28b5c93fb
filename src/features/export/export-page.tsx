import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { useMayExport, type MayExport } from '#data/may-export.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Notice } from '#ui/notice.tsx';
import { Page } from '#ui/page.tsx';
import { Skeleton } from '#ui/states/skeleton.tsx';
import { keeperFor } from './job-keeper.ts';
import { JobView } from './job-view.tsx';
import { messages } from './messages.ts';
import { PasteAddress } from './paste-address.tsx';
import { StartForm } from './start-form.tsx';
import { UnknownAddress } from './unknown-address.tsx';
import styles from './export.module.css';

/** `/export`: exports many records to files, in the background on the server. */
export function ExportPage() {
  const t = useMessages(messages);
  const may = useMayExport();
  return (
    <Page title={t('title')} lead={t('lead')}>
      {may.allowed || may.pending ? <Export may={may} /> : <NotAllowed may={may} />}
    </Page>
  );
}

function NotAllowed({ may: { reason = 'capability' } }: { may: MayExport }) {
  const t = useMessages(messages);
  return (
    <Notice
      tone="warning"
      title={t(`notAllowed.${reason}`)}
      actions={<Link to="/access">{t('accessCheck')}</Link>}
    >
      <p>{t(`notAllowed.${reason}Do`)}</p>
    </Notice>
  );
}

function Export({ may }: { may: MayExport }) {
  const t = useMessages(messages);
  const keeper = keeperFor(useFhir());
  const { job, starting, error } = useSyncExternalStore(keeper.subscribe, keeper.snapshot);
  const { bulk } = keeper;
  const { baseUrl } = bulk;

  // When one section replaces another, its heading gets the focus, but not when the page opens.
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = job ? `${job.place} ${job.statusUrl ?? ''}` : 'form';
  const before = useRef(shown);
  useEffect(() => {
    if (before.current === shown) return;
    before.current = shown;
    heading.current?.focus();
  }, [shown]);

  if (job?.statusUrl) {
    return (
      <JobView
        key={job.statusUrl}
        job={job}
        statusUrl={job.statusUrl}
        bulk={bulk}
        headingRef={heading}
        onClose={keeper.close}
      />
    );
  }
  if (job && job.place !== 'known') {
    return (
      <UnknownAddress
        job={{ ...job, place: job.place }}
        baseUrl={baseUrl}
        headingRef={heading}
        onFollow={keeper.follow}
        onClose={keeper.close}
      />
    );
  }
  if (may.pending) return <Skeleton lines={6} />;
  return (
    <>
      <StartForm
        levels={may.levels}
        starting={starting}
        error={error}
        headingRef={heading}
        onStart={(request) => void keeper.start(request)}
      />
      <details className={styles.follow}>
        <summary>{t('followTitle')}</summary>
        <PasteAddress baseUrl={baseUrl} onFollow={keeper.follow} />
      </details>
    </>
  );
}
