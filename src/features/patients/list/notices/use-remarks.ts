import type { Patient } from 'fhir/r4';
import { useEffect } from 'react';
import { similarRows } from '#fhir/duplicates/similar.ts';
import type { SearchParams, Stored } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { whenIdle } from '#lib/when-idle.ts';
import type { Remark } from '../rows/patient-table.tsx';
import { messages } from './messages.ts';
import { remarkOf } from './remark-of.tsx';

/** Rows whose remarks are sought before yielding to the browser, so that it stays responsive. */
const SLICE = 100;

export type Remarks = ReadonlyMap<string, Remark>;

/**
 * Compares the rows with each other and with the search after they are on screen, because the
 * remarks about them may appear a moment later.
 *
 * @param rows undefined while the rows are those of another search
 */
export function useRemarks(
  params: SearchParams,
  rows: readonly Stored<Patient>[] | undefined,
  onRemarks: (remarks: Remarks | undefined) => void,
): void {
  const t = useMessages(messages);
  useEffect(() => {
    if (!rows) return undefined;
    const stop = new AbortController();
    const { signal } = stop;
    onRemarks(undefined);
    const compare = async (): Promise<void> => {
      const similar = await similarRows(rows, signal);
      const remarks = new Map<string, Remark>();
      for (const [i, row] of rows.entries()) {
        // oxlint-disable-next-line no-await-in-loop -- slices must run one after the other
        if (i % SLICE === SLICE - 1) await new Promise((resolve) => setTimeout(resolve));
        if (signal.aborted) break;
        const remark = remarkOf(row, similar.get(row.id)?.reason, params, t);
        if (remark) remarks.set(row.id, remark);
      }
      if (!signal.aborted) onRemarks(remarks);
    };
    const doNotStart = whenIdle(() => void compare());
    return () => {
      doNotStart();
      stop.abort();
    };
  }, [params, rows, t, onRemarks]);
}
