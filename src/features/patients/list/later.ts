/** What the list takes once it stands: one file, because each request of its own costs. */
export { AskedPatientLink } from './asked-patient-link.tsx';
export { ListKeys } from './help/list-keys.tsx';
export { ListNotices } from './notices/list-notices.tsx';
export { Refused } from './notices/refused.tsx';
export { readBox } from './readings/read-box.ts';
export { Recent } from './recent/recent.tsx';
