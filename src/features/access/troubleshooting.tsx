import { useMessages } from '#i18n/provider.tsx';
import { DataTable } from '#ui/data-table.tsx';
import { Section } from '#ui/page.tsx';
import { messages } from './messages.ts';

const ROWS = ['trouble401', 'trouble403', 'trouble404', 'trouble429', 'troubleCors'] as const;

/** What the usual failures mean. */
export function Troubleshooting() {
  const t = useMessages(messages);
  return (
    <Section heading={t('trouble')}>
      <DataTable<(typeof ROWS)[number]>
        caption={t('trouble')}
        rows={ROWS}
        rowKey={(row) => row}
        columns={[
          { id: 'seen', header: t('troubleSeen'), rowHeader: true, cell: (row) => t(row) },
          { id: 'cause', header: t('troubleCause'), cell: (row) => t(`${row}Cause`) },
          { id: 'mend', header: t('troubleMend'), cell: (row) => t(`${row}Mend`) },
        ]}
      />
    </Section>
  );
}
