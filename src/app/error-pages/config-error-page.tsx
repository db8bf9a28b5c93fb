import { Link } from '@tanstack/react-router';
import { messages as configMessages } from '#config/messages.ts';
import { problemText } from '#config/problem-text.ts';
import { useMessages } from '#i18n/provider.tsx';
import type { ConfigError, ConfigProblem } from '#lib/app-error.ts';
import { Button } from '#ui/button.tsx';
import { DataTable } from '#ui/table/data-table.tsx';
import { Notice } from '#ui/notice.tsx';
import { Page } from '#ui/page.tsx';
import { messages as appMessages } from '../messages.ts';
import styles from '../shell.module.css';
import { messages } from './messages.ts';

/** Lists every invalid field of `/config.json` and tells what to do. */
export function ConfigErrorPage({ error }: { error: ConfigError }) {
  const t = useMessages(messages);
  const app = useMessages(appMessages);
  const said = useMessages(configMessages);
  return (
    <Page title={t('configTitle')} narrow>
      <Notice tone="danger" role="alert" title={t('configLead', { count: error.problems.length })}>
        <p>{t('configDo')}</p>
      </Notice>
      <DataTable<ConfigProblem>
        caption={t('configProblem')}
        rowKey={(problem) => `${problem.path} ${problem.message}`}
        rows={error.problems}
        columns={[
          {
            id: 'field',
            header: t('configField'),
            rowHeader: true,
            width: '40%',
            cell: (p) => <code>{p.path}</code>,
          },
          {
            id: 'problem',
            header: t('configProblem'),
            cell: (p) => problemText(p.message, said),
          },
        ]}
      />
      <p className={styles.ways}>
        <Button variant="primary" icon="refresh" onClick={() => location.reload()}>
          {app('reload')}
        </Button>
        <Link to="/access">{app('accessCheck')}</Link>
      </p>
    </Page>
  );
}
