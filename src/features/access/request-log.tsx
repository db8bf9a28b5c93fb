import { useSyncExternalStore } from 'react';
import type { LogEntry, RequestLog } from '#fhir/transport/log.ts';
import { useLocale, useMessages } from '#i18n/provider.tsx';
import { DataTable } from '#ui/table/data-table.tsx';
import { Section } from '#ui/page.tsx';
import styles from './access.module.css';
import { messages } from './messages.ts';
import { timeFormat } from './time.ts';

/** Requests of this session, newest first. */
export function RequestLogSection({ log }: { log: RequestLog }) {
  const t = useMessages(messages);
  const locale = useLocale();
  const entries = useSyncExternalStore(log.subscribe, log.entries);
  const time = timeFormat(locale, { timeStyle: 'medium' });
  return (
    <Section heading={t('log')}>
      <p>{t('logLead')}</p>
      {entries.length === 0 ? (
        <p className={styles.empty}>{t('logEmpty')}</p>
      ) : (
        <DataTable<LogEntry>
          caption={t('log')}
          rows={entries.toReversed().slice(0, 50)}
          rowKey={(e) => String(e.n)}
          columns={[
            { id: 'time', header: t('logTime'), cell: (e) => time.format(e.at) },
            { id: 'method', header: t('logMethod'), cell: (e) => e.method },
            {
              id: 'path',
              header: t('logPath'),
              rowHeader: true,
              width: '40%',
              cell: (e) => e.path,
            },
            { id: 'status', header: t('logStatus'), cell: (e) => e.status || t('noAnswer') },
            { id: 'ms', header: t('logMs'), align: 'end', cell: (e) => e.ms },
            { id: 'size', header: t('logSize'), align: 'end', cell: (e) => e.size ?? '–' },
            { id: 'id', header: t('logId'), cell: (e) => e.requestId ?? '–' },
          ]}
        />
      )}
    </Section>
  );
}
