import { createContext } from 'react';

/** Whether the content is masked because the session has expired. */
export const MaskedContext = createContext(false);
