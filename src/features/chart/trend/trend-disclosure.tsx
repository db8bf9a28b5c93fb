import { lazy, Suspense, useState } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { messages } from './messages.ts';

const Trends = lazy(async () => ({ default: (await import('./trends.tsx')).Trends }));

/** Trends of the rows of a table, drawn only when asked for. */
export function TrendDisclosure({ observations }: { observations: readonly unknown[] }) {
  const t = useMessages(messages);
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('trend')}</summary>
      {open && (
        <Suspense fallback={<Skeleton lines={3} />}>
          <Trends observations={observations} />
        </Suspense>
      )}
    </details>
  );
}
