import { createContext, useContext, useState, type ReactNode } from 'react';

const ToastContext = createContext<(toast: ReactNode) => void>(() => undefined);

/**
 * Shows one notice over whatever page is open, about work that ended after its own page was left.
 * Render it inside of the session, as it may name patients.
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
