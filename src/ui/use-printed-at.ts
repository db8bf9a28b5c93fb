import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { formatDateTime } from '#fhir/dates/dates.ts';

/** Returns the time of printing while the page is being printed; otherwise undefined. */
export function usePrintedAt(): string | undefined {
  const [at, setAt] = useState<string>();
  useEffect(() => {
    // The browser prints immediately, so the update must be synchronous.
    const print = (): void => flushSync(() => setAt(formatDateTime(new Date().toISOString())));
    const end = (): void => setAt(undefined);
    window.addEventListener('beforeprint', print);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', print);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return at;
}
