import type { RefObject } from 'react';
import type { StatusUrl } from '#fhir/bulk-export/bulk-export-url.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { Notice } from '#ui/notice.tsx';
import { Section } from '#ui/page.tsx';
import type { Job } from './job.ts';
import { JobFacts } from './job-facts.tsx';
import { messages } from './messages.ts';
import { PasteAddress } from './paste-address.tsx';
import styles from './export.module.css';

const HEADER = 'Access-Control-Expose-Headers: Content-Location, Retry-After, X-Progress';

/** Shows an export that runs or may run, but whose status URL is unknown. */
export function UnknownAddress({
  job,
  baseUrl,
  headingRef,
  onFollow,
  onClose,
}: {
  job: Job & { readonly place: Exclude<Job['place'], 'known'> };
  baseUrl: string;
  headingRef: RefObject<HTMLHeadingElement | null>;
  onFollow: (statusUrl: StatusUrl) => void;
  onClose: () => void;
}) {
  const t = useMessages(messages);
  const { place } = job;
  // A page of the same origin can read every header, so the server did not send it.
  const missing = place === 'unreadable' && new URL(baseUrl).origin === location.origin;
  return (
    <Section
      heading={t('job')}
      headingRef={headingRef}
      actions={<Button onClick={onClose}>{t('newExport')}</Button>}
    >
      <Notice tone="warning" title={t(`unknownTitle.${place}`)}>
        <p className={styles.address}>
          {t(missing ? 'unknownText.missing' : `unknownText.${place}`, { base: baseUrl })}
        </p>
        <p>{t('unknownGoesOn')}</p>
      </Notice>
      <JobFacts job={job} />
      <h3>{t('ways')}</h3>
      <ul className={styles.ways}>
        {place === 'unreadable' && !missing && (
          <>
            <li>{t('wayAzure')}</li>
            <li>
              {t('wayOperator', { origin: location.origin })}
              <div className={styles.copy}>
                <code className={styles.address}>{HEADER}</code>
                <CopyButton text={HEADER} label={t('copyHeader')} />
              </div>
            </li>
          </>
        )}
        <li>{t('wayTools')}</li>
      </ul>
      <PasteAddress baseUrl={baseUrl} onFollow={onFollow} />
    </Section>
  );
}
