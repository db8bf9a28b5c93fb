import { createContext, useContext, useState, type ReactNode } from 'react';

const ToastContext = createContext<(toast: ReactNode) => void>(() => undefined);

/**
 * Shows one notice over the current page, about work that ended after its own page was left. Render
 * it inside the session, because it may name patients.
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

/**
 * Returns a function that shows a notice and replaces the previous one. The notice outlives the
 * calling page.
 */
export function useToast(): (toast: ReactNode) => void {
  return useContext(ToastContext);
}
