import { lazy, Suspense } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { Skeleton } from '#ui/states/skeleton.tsx';
import type { PanelPage } from '../panel-query/panel-rows.ts';
import { messages } from './messages.ts';

const Trends = lazy(async () => ({ default: (await import('../observation/display.tsx')).Trends }));

/** Whether the trends are open; kept by the component that shows the pages. */
export interface Disclosure {
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}

/** Shows the trends of a table's rows on request. */
export function TrendDisclosure({
  page,
  newest,
  open,
  onOpen,
}: Disclosure & {
  page: PanelPage;
  /** True if no other page has newer results. */
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
