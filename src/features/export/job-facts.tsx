import { formatDateTime } from '#fhir/dates/dates.ts';
import { useMessages } from '#i18n/provider.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { DescriptionList, Item } from '#ui/description-list.tsx';
import type { Job } from './job.ts';
import { messages } from './messages.ts';
import styles from './export.module.css';

/** Shows when an export was started, its parameters and its status URL. */
export function JobFacts({ job: { at, request, statusUrl } }: { job: Job }) {
  const t = useMessages(messages);
  return (
    <DescriptionList>
      {request && (
        <>
          <Item label={t('started')}>{formatDateTime(new Date(at).toISOString())}</Item>
          <Item label={t('what')}>
            {request.level === 'Group'
              ? t('groupN', { id: request.group })
              : t(`level.${request.level}`)}
          </Item>
          <Item label={t('types')}>{request.types.join(', ') || t('allTypes')}</Item>
          <Item label={t('since')}>{formatDateTime(request.since)}</Item>
          <Item label={t('container')}>{request.container}</Item>
        </>
      )}
      {statusUrl && (
        <Item label={t('address')}>
          <span className={styles.copy}>
            <span className={styles.address}>{statusUrl}</span>
            <CopyButton text={statusUrl} label={t('copyAddress')} />
          </span>
        </Item>
      )}
    </DescriptionList>
  );
}
