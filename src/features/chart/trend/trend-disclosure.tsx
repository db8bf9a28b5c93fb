import { lazy, Suspense } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { Skeleton } from '#ui/states/skeleton.tsx';
import type { PanelPage } from '../panel-query/panel-rows.ts';
import { messages } from './messages.ts';

const Trends = lazy(async () => ({ default: (await import('../observation/display.tsx')).Trends }));

/** Whether the trends are drawn: kept by who shows one page after the other. */
export interface Disclosure {
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}

/** Trends of the rows of a table, drawn only when asked for. */
export function TrendDisclosure({
  page,
  newest,
  open,
  onOpen,
}: Disclosure & {
  page: PanelPage;
  /** No newer ones stand on other pages. */
  newest: boolean;
}) {
  const t = useMessages(messages);
  return (
    <details open={open} onToggle={(event) => onOpen(event.currentTarget.open)}>
      <summary>{t('trend')}</summary>
      {open && (
        <Suspense fallback={<Skeleton lines={3} />}>
          <Trends page={page} newest={newest} />
        </Suspense>
      )}
    </details>
  );
}
