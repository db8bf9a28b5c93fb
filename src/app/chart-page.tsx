import { lazy } from 'react';
import { bannerModel, initials } from '#features/chart/banner/banner-model.ts';
import { ChartLayout } from '#features/chart/layout/chart-layout.tsx';
import { ChartSlotsContext, type ChartSlots } from '#features/chart/layout/chart-slots.ts';
import { MoreActions } from '#features/patients/actions/more-actions.tsx';

export { Glance } from '#features/chart/banner/glance.tsx';

/** Few records were deleted: what brings one back travels when there is one. */
const Undelete = lazy(async () => ({
  default: (await import('#features/history/undelete.tsx')).Undelete,
}));

const SLOTS: ChartSlots = { actions: MoreActions, deleted: Undelete };

/** The chart with what the register adds to it. */
export function ChartPage() {
  return (
    <ChartSlotsContext value={SLOTS}>
      <ChartLayout />
    </ChartSlotsContext>
  );
}

/** Pays beforehand what reading the first patient's dates and names costs more than all others. */
export function warmUp(): void {
  const name = [{ family: 'Nobody' }];
  initials(bannerModel({ resourceType: 'Patient', name, birthDate: '1970-01-01' }, '').name);
}
