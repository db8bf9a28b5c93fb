import { Link } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import type { LogEntry, RequestLog } from '#fhir/transport/log.ts';
import { useMessages } from '#i18n/provider.tsx';
import { DataTable } from '#ui/table/data-table.tsx';
import { Section } from '#ui/page.tsx';
import { TROUBLES, type Trouble } from './check.ts';
import { messages } from './messages.ts';
import type { CheckRow } from './use-checks.ts';
import styles from './access.module.css';

const STATUS: Readonly<Record<Trouble, number>> = {
  trouble401: 401,
  trouble403: 403,
  trouble404: 404,
  trouble429: 429,
  troubleCors: 0, // no readable response
};

const NONE: readonly LogEntry[] = [];
const never = (): (() => void) => () => undefined;

/** Table of common failures with their meaning and the causes that are present now. */
export function Troubleshooting({
  rows,
  log,
}: {
  rows: readonly CheckRow[];
  log: RequestLog | undefined;
}) {
  const t = useMessages(messages);
  const entries = useSyncExternalStore(log?.subscribe ?? never, log?.entries ?? (() => NONE));
  return (
    <Section heading={t('trouble')}>
      <DataTable<Trouble>
        caption={t('trouble')}
        rows={TROUBLES}
        rowKey={(row) => row}
        columns={[
          { id: 'seen', header: t('troubleSeen'), rowHeader: true, cell: (row) => t(row) },
          { id: 'cause', header: t('troubleCause'), cell: (row) => t(`${row}Cause`) },
          {
            id: 'here',
            header: t('troubleHere'),
            width: '28%',
            cell: (row) => (
              <Here
                causes={rows.filter(({ finding }) => finding?.explains?.includes(row))}
                seen={entries.filter(({ status }) => status === STATUS[row])}
              />
            ),
          },
          { id: 'mend', header: t('troubleMend'), cell: (row) => t(`${row}Mend`) },
        ]}
      />
    </Section>
  );
}

/** Causes that the checks found, and whether the failure occurred in this session. */
function Here({ causes, seen }: { causes: readonly CheckRow[]; seen: readonly LogEntry[] }) {
  const t = useMessages(messages);
  const last = seen.at(-1);
  return (
    <>
      {causes.map(({ check, finding }) => (
        <p key={check.id} className={styles.cause}>
          <CheckLink row={{ check, finding }} /> {finding?.means}
        </p>
      ))}
      {last && (
        <p>{t('troubleSeenCount', { count: seen.length, path: `${last.method} ${last.path}` })}</p>
      )}
      {!last && causes.length === 0 && <p className={styles.empty}>{t('troubleNotSeen')}</p>}
    </>
  );
}

/** Link to a check on this page. */
export function CheckLink({ row: { check } }: { row: CheckRow }) {
  const t = useMessages(messages);
  return (
    <Link to="/access" hash={`check-${check.id}`}>
      {t(check.title)}
    </Link>
  );
}
