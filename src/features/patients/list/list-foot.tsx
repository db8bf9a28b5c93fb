import type { UseQueryResult } from '@tanstack/react-query';
import { useMessages } from '#i18n/provider.tsx';
import { PAGE_SIZES } from '#lib/settings.ts';
import { Button } from '#ui/button.tsx';
import { SelectField } from '#ui/field/field.tsx';
import { Pager, type PagerProps } from '#ui/table/pager.tsx';
import { messages } from './messages.ts';
import { credibleTotal } from './query/total.ts';
import styles from './list.module.css';

export interface ListFootProps extends Omit<PagerProps, 'hasPrevious'> {
  /** Query for the number of patients, run on request; null if the server does not tell. */
  counting: UseQueryResult<number | null>;
  /** True until the first response: keeps the space of the "count" button beside the pager. */
  loading: boolean;
  size: number;
  onSize: (size: number) => void;
  onHelp: () => void;
}

/** Foot of the list: paging, number of patients, rows per page and help. */
export function ListFoot({ counting, loading, size, onSize, onHelp, ...pager }: ListFootProps) {
  const t = useMessages(messages);
  const { page, hasNext, range } = pager;
  // A list of one page needs no count from the server.
  const total =
    credibleTotal(pager.total, range?.to, hasNext) ??
    credibleTotal(counting.data, range?.to, hasNext) ??
    (page === 1 && !hasNext ? range?.to : undefined);
  return (
    <div className={styles.foot}>
      <Pager {...pager} hasPrevious={page > 1} total={total} />
      {total === undefined && (range || loading) && (
        <span className={styles.count} role="status">
          {counting.isFetched ? (
            t('notCounted')
          ) : (
            <Button
              variant="quiet"
              busy={counting.isFetching}
              onClick={async ({ currentTarget: button }) => {
                await counting.refetch();
                // The button disappears after counting, so the last pager button takes the focus.
                if (!button.matches(':focus')) return;
                const ways = button.closest('div')?.querySelectorAll<HTMLElement>('nav :enabled');
                [...(ways ?? [])].at(-1)?.focus();
              }}
            >
              {t('count')}
            </Button>
          )}
        </span>
      )}
      <div className={styles.tools}>
        <SelectField
          label={t('pageSize')}
          value={String(size)}
          onChange={(event) => onSize(Number(event.target.value))}
          options={[...new Set([...PAGE_SIZES, size])].map((n) => ({
            value: String(n),
            label: t('rows', { count: n }),
          }))}
        />
        <Button variant="quiet" onClick={onHelp}>
          {t('keys')}
        </Button>
      </div>
    </div>
  );
}
