import { createContext, useContext, useState, type ReactNode } from 'react';

const ToastContext = createContext<(toast: ReactNode) => void>(() => undefined);

/**
 * Has room for one notice over whatever page is open, for what ends after its own page was left. Put
 * it where it ends with the session, whose patients it may name.
 */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toast, show] = useState<ReactNode>();
  return (
    <ToastContext value={show}>
      {children}
      {toast}
    </ToastContext>
  );
}

/** A function that shows a notice in place of the one before; it outlives the page that calls it. */
export function useToast(): (toast: ReactNode) => void {
  return useContext(ToastContext);
}
