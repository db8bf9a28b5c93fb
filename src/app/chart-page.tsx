import { lazy } from 'react';
import { bannerModel, initials } from '#features/chart/banner/banner-model.ts';
import { ChartLayout } from '#features/chart/layout/chart-layout.tsx';
import { ChartSlotsContext, type ChartSlots } from '#features/chart/layout/chart-slots.ts';
import { MoreActions } from '#features/patients/actions/more-actions.tsx';

export { Glance } from '#features/chart/banner/glance.tsx';

/** Loaded on demand, because few records are deleted. */
const Undelete = lazy(async () => ({
  default: (await import('#features/history/undelete.tsx')).Undelete,
}));

const SLOTS: ChartSlots = { actions: MoreActions, deleted: Undelete };

/** Chart page with the parts that other features contribute. */
export function ChartPage() {
  return (
    <ChartSlotsContext value={SLOTS}>
      <ChartLayout />
    </ChartSlotsContext>
  );
}

/**
 * Formats a dummy patient in advance, because the first dates and names are the slowest to format.
 * Also loads what every page gets once the first one is drawn.
 */
export function warmUp(): void {
  // Every page works without this code, but less well.
  import('./for-every-page.ts').catch(() => undefined);
  const name = [{ family: 'Nobody' }];
  initials(bannerModel({ resourceType: 'Patient', name, birthDate: '1970-01-01' }, '').name);
}
