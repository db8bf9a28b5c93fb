import { lazy } from 'react';
import { fetchLater } from './fetch-later.ts';

// What not every list shows: fetched when it is.

export const ListKeys = lazy(async () => ({ default: (await fetchLater()).ListKeys }));
export const ListNotices = lazy(async () => ({
  default: (await import('./notices/list-notices.tsx')).ListNotices,
}));
export const EmptyList = lazy(async () => ({
  default: (await import('./empty/empty-list.tsx')).EmptyList,
}));
export const Refused = lazy(async () => ({ default: (await fetchLater()).Refused }));
export const ServerVersion = lazy(async () => ({ default: (await fetchLater()).ServerVersion }));
export const ArrangePanel = lazy(async () => ({
  default: (await import('./arrange/arrange-panel.tsx')).ArrangePanel,
}));
export const SelectionBar = lazy(async () => ({
  default: (await import('./selection/selection-bar.tsx')).SelectionBar,
}));
