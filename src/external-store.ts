/** Replaces the `use-sync-external-store` shim, because this version of React has the hook. */
export { useSyncExternalStore } from 'react';
