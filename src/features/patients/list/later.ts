/** Code that the list needs only after its first rows, in one chunk to save requests. */
export { CreateRefusal } from './notices/create-refusal.tsx';
export { ListKeys } from './help/list-keys.tsx';
export { ListNotices } from './notices/list-notices.tsx';
export { Refused } from './notices/refused.tsx';
export { readBox } from './readings/read-box.ts';
export { Recent } from './recent/recent.tsx';
