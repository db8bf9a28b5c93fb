import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef, type RefObject } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { lastChart } from '#data/recently-opened.ts';

/**
 * After a return from a chart, focuses the row that led there, so that keyboard users continue
 * where they were (WCAG 2.2, 2.4.3). Does nothing if the user has focused another control.
 *
 * @param around the element that contains the table
 * @param ready whether the rows are on screen
 */
export function useRowLeft(around: RefObject<HTMLElement | null>, ready: boolean): void {
  const fhir = useFhir();
  const cache = useQueryClient();
  const index = useLocation({ select: ({ state: { __TSR_index: at } }) => at });
  const done = useRef(false);
  useEffect(() => {
    if (!ready || done.current) return undefined;
    const look = (): void => {
      done.current = true;
      const chart = lastChart(fhir, cache);
      // A list later in the history than the chart was opened anew: its heading keeps the focus.
      if (!chart || index >= chart.index) return;
      if (document.activeElement?.matches('h1, body') === false) return;
      around.current
        ?.querySelector<HTMLElement>(`a[href$="/patients/${CSS.escape(chart.id)}"]`)
        ?.focus({ preventScroll: true });
    };
    // Runs after the page heading took the focus, which happens once the page has rendered.
    const timer = setTimeout(look);
    return () => clearTimeout(timer);
  }, [around, ready, index, fhir, cache]);
}
