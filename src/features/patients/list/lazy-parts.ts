import { lazy } from 'react';
import { fetchLater } from './fetch-later.ts';

// What not every list shows: fetched when it is.

export const ListKeys = lazy(async () => ({ default: (await fetchLater()).ListKeys }));
export const ListNotices = lazy(async () => ({ default: (await fetchLater()).ListNotices }));
export const EmptyList = lazy(async () => ({
  default: (await import('./empty/empty-list.tsx')).EmptyList,
}));
export const Refused = lazy(async () => ({ default: (await fetchLater()).Refused }));
export const ArrangePanel = lazy(async () => ({
  default: (await import('./arrange/arrange-panel.tsx')).ArrangePanel,
}));
export const SelectionBar = lazy(async () => ({
  default: (await import('./selection/selection-bar.tsx')).SelectionBar,
}));
