import { useMemo } from 'react';
import { differences, type Change } from '#fhir/changes/diff.ts';
import { useMessages } from '#i18n/provider.tsx';
import { DataTable, type Column } from '#ui/table/data-table.tsx';
import { elementLabel } from '#ui/elements/element-label.ts';
import { messages as elementMessages } from '#ui/elements/messages.ts';
import { tellApart } from '#ui/elements/tell-apart.ts';
import { Flag } from '#ui/flag.tsx';
import { Notice } from '#ui/notice.tsx';
import { messages } from './messages.ts';

const TONES = { added: 'success', removed: 'danger', changed: 'info' } as const;

/** Table of the differences between two versions, by element. */
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
  const changes = useMemo(() => differences(before, after), [before, after]);
  if (changes.length === 0) return <Notice title={t('noDifference')} />;
  // A text may have several lines for differences in detail; each line is separate data.
  const said = (change: Change, side: 0 | 1) => {
    const sides = tellApart([change.before, change.after], change.path, elements, t('nothing'));
    return (sides[side] ?? '').split('\n').map((line) => (
      <div key={line}>
        <bdi>{line}</bdi>
      </div>
    ));
  };
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
    { id: 'before', header: beforeLabel, cell: (change) => said(change, 0) },
    { id: 'after', header: afterLabel, cell: (change) => said(change, 1) },
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
