import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef, type RefObject } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { lastChart } from '#data/recently-opened.ts';

/**
 * Back from a chart, puts the focus on the row that led there, as long as nobody has gone on to
 * something else: who reads a list with the keyboard goes on where they were (WCAG 2.2, 2.4.3).
 *
 * @param around holds the table
 * @param ready the rows stand there
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
      // A list that comes after the chart in the history is opened anew: its heading says so.
      if (!chart || index >= chart.index) return;
      if (document.activeElement?.matches('h1, body') === false) return;
      around.current
        ?.querySelector<HTMLElement>(`a[href$="/patients/${CSS.escape(chart.id)}"]`)
        ?.focus({ preventScroll: true });
    };
    // After the heading of the page, which takes the focus when all of it is drawn.
    const timer = setTimeout(look);
    return () => clearTimeout(timer);
  }, [around, ready, index, fhir, cache]);
}
