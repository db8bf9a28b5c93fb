import type { Patient } from 'fhir/r4';
import { useEffect } from 'react';
import { similarRows } from '#fhir/duplicates/similar.ts';
import type { SearchParams, Stored } from '#fhir/types.ts';
import { listText } from '#i18n/list.ts';
import { useMessages } from '#i18n/provider.tsx';
import { whenIdle } from '#lib/when-idle.ts';
import type { Remark } from '../rows/patient-table.tsx';
import { foundBy } from './found-by.ts';
import { messages } from './messages.ts';

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
      for (const row of rows) {
        const alike = similar.get(row.id)?.reason;
        const { former, nickname } = foundBy(row, params);
        const found =
          former.length > 0
            ? t('previously', { names: listText(former) })
            : nickname && t('alsoCalled', { name: nickname });
        if (alike || found) {
          remarks.set(row.id, { ...(alike && { similar: alike }), ...(found && { found }) });
        }
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
