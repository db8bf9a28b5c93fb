import { useEffect, useRef } from 'react';
import { useCapability } from '#data/capability.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { CheckboxField, Fieldset } from '#ui/field/field-group.tsx';
import { SelectField } from '#ui/field/field.tsx';
import type { ColumnId } from '../rows/columns.ts';
import { isTerm, useTerm } from '../terms/terms.ts';
import { messages } from './messages.ts';
import { sortKeys } from './sort-keys.ts';
import styles from './arrange.module.css';

export interface ArrangePanelProps {
  sort: string | undefined;
  onSort: (sort: string | undefined) => void;
  columns: readonly ColumnId[];
  onColumns: (columns: readonly ColumnId[]) => void;
  /** All columns; `usual` are those shown by default. */
  all: readonly ColumnId[];
  usual: readonly ColumnId[];
  headerOf: (column: ColumnId) => string;
}

/** Panel to choose the sort and the columns of the list. */
export function ArrangePanel({
  sort,
  onSort,
  columns,
  onColumns,
  all,
  usual,
  headerOf,
}: ArrangePanelProps) {
  const t = useMessages(messages);
  const term = useTerm();
  const { capability } = useCapability();
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.querySelector('select')?.focus(), []);

  const key = sort?.replace(/^-/, '') ?? '';
  const offered = sortKeys(capability);
  const toggle = (column: ColumnId, on: boolean): void =>
    onColumns(all.filter((id) => (id === column ? on : columns.includes(id))));

  return (
    <div className={styles.panel} ref={ref}>
      <SelectField
        label={t('sortBy')}
        value={key}
        onChange={(event) => onSort(event.target.value || undefined)}
        options={[
          { value: '', label: t('serverOrder') },
          ...(key && !offered.includes(key) ? [key, ...offered] : offered)
            .map((value) => ({ value, label: term(value) }))
            .toSorted((a, b) => Number(isTerm(b.value)) - Number(isTerm(a.value))),
        ]}
      />
      <SelectField
        label={t('direction')}
        value={sort?.startsWith('-') ? '-' : ''}
        disabled={!sort}
        onChange={(event) => onSort(`${event.target.value}${key}`)}
        options={[
          { value: '', label: t('ascending') },
          { value: '-', label: t('descending') },
        ]}
      />
      <Fieldset legend={t('columns')} hint={t('columnsHint')} row>
        {all.map((column) => (
          <CheckboxField
            key={column}
            label={headerOf(column)}
            checked={columns.includes(column)}
            onChange={(event) => toggle(column, event.target.checked)}
          />
        ))}
        <Button variant="quiet" onClick={() => onColumns(usual)}>
          {t('usual')}
        </Button>
      </Fieldset>
    </div>
  );
}
