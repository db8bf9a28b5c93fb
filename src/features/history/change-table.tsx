import { differences, type Change } from '#fhir/diff.ts';
import { useMessages } from '#i18n/provider.tsx';
import { DataTable, type Column } from '#ui/data-table.tsx';
import { elementLabel } from '#ui/elements/element-label.ts';
import { messages as elementMessages } from '#ui/elements/messages.ts';
import { valueText } from '#ui/elements/value-text.ts';
import { Flag } from '#ui/flag.tsx';
import { Notice } from '#ui/notice.tsx';
import { messages } from './messages.ts';

const TONES = { added: 'success', removed: 'danger', changed: 'info' } as const;

/** What changed from one version to another, element by element, in words. */
export function ChangeTable({
  before,
  after,
  beforeLabel,
  afterLabel,
}: {
  before: unknown;
  after: unknown;
  beforeLabel: string;
  afterLabel: string;
}) {
  const t = useMessages(messages);
  const elements = useMessages(elementMessages);
  const changes = differences(before, after);
  if (changes.length === 0) return <Notice title={t('noDifference')} />;
  const columns: Column<Change>[] = [
    {
      id: 'element',
      header: t('element'),
      rowHeader: true,
      cell: ({ path }) => elementLabel(path, elements),
    },
    {
      id: 'kind',
      header: t('what'),
      cell: ({ kind }) => <Flag tone={TONES[kind]}>{t(`kind.${kind}`)}</Flag>,
    },
    { id: 'before', header: beforeLabel, cell: (c) => valueText(c.before, c.path) ?? t('nothing') },
    { id: 'after', header: afterLabel, cell: (c) => valueText(c.after, c.path) ?? t('nothing') },
  ];
  return (
    <DataTable
      caption={t('differences')}
      showCaption
      columns={columns}
      rows={changes}
      rowKey={({ path, kind, before: was, after: is }) =>
        `${path} ${kind} ${JSON.stringify(was)} ${JSON.stringify(is)}`
      }
    />
  );
}
