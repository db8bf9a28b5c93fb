import { createContext } from 'react';

/** Whether what stands here is hidden for now, because the session is over. */
export const MaskedContext = createContext(false);
