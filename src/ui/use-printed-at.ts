import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { formatDateTime } from '#fhir/dates/dates.ts';

/** The moment of printing, for as long as the page is being printed; else undefined. */
export function usePrintedAt(): string | undefined {
  const [at, setAt] = useState<string>();
  useEffect(() => {
    // Paper does not wait for a later drawing.
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
