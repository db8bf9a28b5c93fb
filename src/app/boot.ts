import { createContext, useContext } from 'react';
import type { AppConfig } from '#config/schema.ts';

/** Result of the start. The state of the session is in the session store. */
export type Boot =
  | { readonly config: AppConfig; readonly error: undefined }
  /** The configuration is invalid (then `config` is undefined), or opening the session failed. */
  | { readonly config: AppConfig | undefined; readonly error: unknown };

const BootContext = createContext<Boot>({ config: undefined, error: undefined });

export const BootProvider = BootContext;

export function useBoot(): Boot {
  return useContext(BootContext);
}
