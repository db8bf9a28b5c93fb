/**
 * The pages that are opened only by a link. In a file of their own, because each import lists every
 * file of the page: together as much as a page's code, and not needed for the first list.
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
