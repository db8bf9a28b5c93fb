/**
 * Pages that are opened only by a link. In a separate file, because each dynamic import lists all
 * chunks of its page, and together these lists are large and not needed for the first list.
 */
export const access = () => import('./access-route.tsx');
export const chart = () => import('./chart-page.tsx');
export const create = () => import('#features/patients/form/create-page.tsx');
export const edit = () => import('#features/patients/form/edit-page.tsx');
export const encounter = () => import('#features/chart/encounter/encounter-page.tsx');
export const bulkExport = () => import('#features/export/export-page.tsx');
export const history = () => import('#features/history/history-page.tsx');
export const panel = () => import('#features/chart/panel-page/panel-page.tsx');
export const pick = () => import('./pick-page.tsx');
export const summary = () => import('#features/chart/summary/summary-page.tsx');
export const version = () => import('#features/history/version-page.tsx');
