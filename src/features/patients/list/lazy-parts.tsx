import { lazyPart } from '#ui/states/lazy-part.tsx';
import { PlainMissing } from '#ui/dialog/plain-missing.tsx';
import { fetchLater } from './fetch-later.ts';

// Parts that not every list shows, loaded when shown. If loading fails, the list remains usable.

export const ListKeys = lazyPart(
  async () => (await fetchLater()).ListKeys,
  ({ help, onRetry }) => help && <PlainMissing onRetry={onRetry} />,
);
export const ListNotices = lazyPart(async () => (await fetchLater()).ListNotices, PlainMissing);
export const CreateRefusal = lazyPart(
  async () => (await fetchLater()).CreateRefusal,
  // Then the link stays: the form itself tells if the user may not create patients.
  () => null,
);
export const EmptyList = lazyPart(
  async () => (await import('./empty/empty-list.tsx')).EmptyList,
  PlainMissing,
);
export const Refused = lazyPart(async () => (await fetchLater()).Refused, PlainMissing);
export const ArrangePanel = lazyPart(
  async () => (await import('./arrange/arrange-panel.tsx')).ArrangePanel,
  PlainMissing,
);
export const SelectionBar = lazyPart(
  async () => (await import('./selection/selection.ts')).SelectionBar,
  PlainMissing,
);
