import { createContext, useContext } from 'react';
import type { AppConfig } from '#config/schema.ts';

/** How far the start of the program came. What the session is doing, the session's store knows. */
export type Boot =
  | { readonly config: AppConfig; readonly error: undefined }
  /** The configuration is unusable (then it is missing here), or opening the session broke. */
  | { readonly config: AppConfig | undefined; readonly error: unknown };

const BootContext = createContext<Boot>({ config: undefined, error: undefined });

export const BootProvider = BootContext;

export function useBoot(): Boot {
  return useContext(BootContext);
}
